"""The one way in: every page, API and vendor contract sends its file through here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import File
from django.db import transaction

from app.engines.catalog import check_languages
from app.models import Job, Priority, Status, Upload
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.services import jobs, webhooks
from app.services.engine_settings import engine_config
from app.services.history import entries

from . import uploads

# Faults of the file or of what was asked: nothing worth keeping was stored.
REJECTIONS = frozenset(
    {
        "bad_option",
        "bad_pages",
        "engine_unavailable",
        "password_required",
        "too_many_pages",
        "too_many_pixels",
        "unknown_engine",
        "unknown_language",
        "unreadable_image",
        "unsupported_type",
        "wrong_password",
    }
)


def max_bytes(owner: User | None) -> int:
    """How large a file this sender may send."""
    limit: int = settings.ACCOUNT_MAX_BYTES if owner else settings.ANONYMOUS_MAX_BYTES
    return limit


def recognize(*, wait_seconds: float, max_pages: int | None = None, **submission: Any) -> Job:
    """submit() and outcome() in one: the job, done or still unfinished when the time ran out."""
    job = submit(**submission)
    return outcome(job=job, wait_seconds=wait_seconds, max_pages=max_pages)


def submit(
    *,
    content: File[Any],
    name: str,
    owner: User | None,
    visitor: str = "",
    options: Options,
    priority: Priority = Priority.INTERACTIVE,
    charged_to: str = "",
    cache: bool = True,
    callback: webhooks.Callback | None = None,
) -> Job:
    """Stores the file and queues its recognition; returns at once.

    cache: an identical earlier job of the owner may lend its result. callback: called at the end.
    Raises OcrError, and then nothing is left: what check_options() and store() refuse, bad_url,
    unavailable.
    """
    check_options(options)
    upload = uploads.store(
        content=content, name=name, owner=owner, visitor=visitor, max_bytes=max_bytes(owner)
    )
    how = {"priority": priority, "charged_to": charged_to, "cache": cache}
    try:
        return _submit(callback, upload=upload, options=options, **how)
    except BaseException:
        entries.delete_uploads(uploads=[upload])
        raise


def submit_again(
    *,
    upload: Upload,
    options: Options,
    priority: Priority = Priority.INTERACTIVE,
    charged_to: str = "",
    callback: webhooks.Callback | None = None,
) -> Job:
    """Another recognition of a stored file; earlier results stay. Raises OcrError as submit()."""
    check_options(options)
    how = {"priority": priority, "charged_to": charged_to}
    return _submit(callback, upload=upload, options=options, **how)


@transaction.atomic
def _submit(callback: webhooks.Callback | None, **submission: Any) -> Job:
    job = jobs.submit(**submission)
    if callback:
        webhooks.promise(callback=callback, job=job)
    return job


def outcome(*, job: Job, wait_seconds: float, max_pages: int | None = None) -> Job:
    """Waits for the job: it comes back done, or unfinished when the time ran out.

    max_pages: longer documents are not waited for. Raises OcrError for any failure of the
    recognition; a rejected file leaves nothing behind.
    """
    job = jobs.wait(job=job, seconds=wait_seconds, max_pages=max_pages)
    if job.status == Status.FAILED and job.error_code in REJECTIONS:
        entries.delete(jobs=[job])
    check_outcome(job=job)
    return job


def check_outcome(*, job: Job) -> None:
    """Raises the OcrError with which a failed or cancelled job ended."""
    if job.status in (Status.FAILED, Status.CANCELLED):
        raise OcrError(job.error_code, job.error_message)


def check_options(options: Options) -> None:
    """Raises OcrError: unknown_engine, engine_unavailable, unknown_language."""
    check_languages(engine_config(), options.engine, options.languages)
