"""Submission of one file for recognition, for pages, APIs and batches alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import DatabaseError, transaction

from app.models import Job, Priority, Upload
from app.ocr.options import Options
from app.ocr.page_ranges import check_pages
from app.services import installed, webhooks
from app.services.history import entries
from app.services.jobs.submit import submit as submit_job
from app.services.limits.caller import Caller

from . import uploads


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRequest:
    """One recognition as requested by a caller.

    file: a new file, or the upload of an earlier recognition, whose results stay. name: of a new
    file. cache: whether an identical earlier job of the owner may provide the result. callback:
    called when the job has ended. title: of the entry. max_bytes: limit of a new file, if not the
    caller's own.
    """

    file: File[Any] | Upload
    options: Options
    name: str = ""
    priority: Priority = Priority.INTERACTIVE
    cache: bool = True
    title: str = ""
    max_bytes: int | None = None
    callback: webhooks.Callback | None = None


def submit(request: SubmissionRequest, *, caller: Caller) -> Job:
    """Stores a new file and queues its recognition; returns at once.

    The job belongs to the owner of the upload; its pages count for the caller. Raises OcrError and
    then leaves nothing behind: the errors of check_options() and uploads.store(), bad_url,
    unavailable.
    """
    check_options(request.options)
    with _upload(request, caller) as upload, transaction.atomic():
        if upload is not request.file:
            upload.save(force_insert=True)
        job = submit_job(
            upload=upload,
            options=request.options,
            priority=request.priority,
            charged_to=caller.subject,
            cache=request.cache,
            title=request.title,
        )
        if request.callback:
            webhooks.register(callback=request.callback, job=job)
    return job


def check_options(options: Options) -> None:
    """Raises OcrError: unknown_engine, engine_unavailable, unknown_language, bad_pages."""
    installed.check(options.engine, options.languages)
    check_pages(options.pages)


@contextmanager
def _upload(request: SubmissionRequest, caller: Caller) -> Iterator[Upload]:
    """The request's upload. The file of a new one is deleted if the block fails.

    The row is saved with the job: one commit, and no lock while the file is written.
    """
    if isinstance(request.file, Upload):
        yield request.file
        return
    upload = uploads.store_file(
        content=request.file,
        name=request.name,
        owner=caller.owner,
        visitor=caller.visitor,
        max_bytes=request.max_bytes or uploads.max_bytes(caller.owner),
    )
    try:
        yield upload
    except DatabaseError:
        upload.file.delete(save=False)  # its row was rolled back
        raise
    except BaseException:
        entries.delete_uploads(uploads=[upload])
        raise
