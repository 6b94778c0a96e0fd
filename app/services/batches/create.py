"""Taking in the files of a batch: all at once, or more of them while it is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Sum

from app.models import Batch, BatchItem, Priority, Upload, Webhook
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.services import jobs, webhooks
from app.services.history import entries
from app.services.submission import intake, uploads

from .archives import check_limits
from .files import BatchFile
from .unpacking import unpacked

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

    A ZIP archive counts as the files in it. Raises OcrError, and then nothing is left: what
    check_options() refuses, empty_batch, too_many_files, file_too_large for all together,
    bad_archive, bad_url, unavailable.
    """
    intake.check_options(options)
    batch = Batch(owner=owner, visitor=visitor, name=name)
    with _stored(files, batch) as stored, transaction.atomic():
        batch.save(force_insert=True)
        _append(batch, stored, options=options, charged_to=charged_to, cache=cache)
        if callback:
            webhooks.promise(callback=callback, batch=batch)
    return batch


def add(
    *,
    batch: Batch,
    files: Iterable[BatchFile],
    options: Options,
    charged_to: str = "",
    cache: bool = True,
) -> None:
    """More files for a batch, behind those it has; the limits are those of the whole batch.

    Raises OcrError as create(), and conflict where a webhook was promised: it would be called
    before the last file is there.
    """
    intake.check_options(options)
    if Webhook.objects.filter(batch=batch).exists():
        raise OcrError("conflict", "A batch with a callback_url takes no further files.")
    with _stored(files, batch, **_contents(batch)) as stored, transaction.atomic():
        Batch.objects.select_for_update().get(pk=batch.pk)  # two requests: one after the other
        _append(batch, stored, options=options, charged_to=charged_to, cache=cache)


@contextmanager
def _stored(files: Iterable[BatchFile], batch: Batch, **contents: int) -> Iterator[list[Stored]]:
    """The files with their uploads, or why there is none; all deleted where the block fails."""
    max_bytes = intake.max_bytes(batch.owner)
    stored: list[Stored] = []
    try:
        single = unpacked(files, max_bytes=max_bytes, **contents)
        stored.extend((file, _store(file, batch, max_bytes)) for file in single)
        if not stored:
            raise OcrError("empty_batch", "There are no files in the batch.")
        yield stored
    except BaseException:
        entries.delete_uploads(uploads=[it for _, it in stored if isinstance(it, Upload)])
        raise


def _contents(batch: Batch) -> dict[str, int]:
    """`count` of its files and their `size` in bytes."""
    return batch.items.aggregate(count=Count("pk"), size=Sum("job__upload__size", default=0))


def _store(file: BatchFile, batch: Batch, max_bytes: int) -> Upload | OcrError:
    if file.content is None:
        return file.error or OcrError("empty_file", "The file is empty.")
    try:
        return uploads.store(
            content=file.content,
            name=file.name,
            owner=batch.owner,
            visitor=batch.visitor,
            max_bytes=max_bytes,
        )
    except OcrError as error:
        return error
    finally:
        file.content.close()


def _append(batch: Batch, stored: list[Stored], **how: Any) -> None:
    before = _contents(batch)
    size = sum(it.size for _, it in stored if isinstance(it, Upload))
    check_limits(count=before["count"] + len(stored), size=before["size"] + size)
    for number, (file, outcome) in enumerate(stored, before["count"] + 1):
        _add_item(batch, number, file, outcome, how)


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
