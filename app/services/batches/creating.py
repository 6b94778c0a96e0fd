from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from app.models import ENDED, Batch, BatchItem, Job, Priority, Upload
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.services import intake, jobs, results, uploads, webhooks

from .files import BatchFile

Stored = tuple[BatchFile, Upload | OcrError]


def create(
    *,
    files: Iterable[BatchFile],
    owner: User | None,
    visitor: str,
    options: Options,
    name: str = "",
    callback: webhooks.Callback | None = None,
    charged_to: str = "",
    cache: bool = True,
) -> Batch:
    """Stores every file and queues its job; what cannot be taken in is an item with its error.

    Raises OcrError, and then nothing is left: what check_options() refuses, empty_batch,
    too_many_files, bad_archive, bad_url, unavailable.
    """
    intake.check_options(options)
    stored: list[Stored] = []
    try:
        stored.extend((file, _store(file, owner, visitor)) for file in files)
        if not stored:
            raise OcrError("empty_batch", "There are no files in the batch.")
        with transaction.atomic():
            batch = Batch.objects.create(owner=owner, visitor=visitor, name=name)
            how = {"options": options, "charged_to": charged_to, "cache": cache}
            for number, (file, outcome) in enumerate(stored, 1):
                _add_item(batch, number, file, outcome, how)
            if callback:
                webhooks.promise(callback=callback, batch=batch)
    except BaseException:
        results.delete_uploads(uploads=[it for _, it in stored if isinstance(it, Upload)])
        raise
    return batch


def cancel(*, batch: Batch) -> None:
    """Every job of the batch that has not ended."""
    for job in Job.objects.filter(batch_item__batch=batch).exclude(status__in=ENDED):
        jobs.cancel(job=job)


def _store(file: BatchFile, owner: User | None, visitor: str) -> Upload | OcrError:
    if file.content is None:
        return file.error or OcrError("empty_file", "The file is empty.")
    try:
        return uploads.store(
            content=file.content,
            name=file.name,
            owner=owner,
            visitor=visitor,
            max_bytes=intake.max_bytes(owner),
        )
    except OcrError as error:
        return error
    finally:
        file.content.close()


def _add_item(
    batch: Batch, number: int, file: BatchFile, outcome: Upload | OcrError, how: dict[str, Any]
) -> None:
    item = BatchItem(
        batch=batch, number=number, reference=file.reference, file_name=file.name[:255]
    )
    if isinstance(outcome, OcrError):
        item.error_code, item.error_message = outcome.code, outcome.message
    else:
        item.file_name = outcome.name
        item.job = jobs.submit(upload=outcome, priority=Priority.BATCH, **how)
    item.save()
