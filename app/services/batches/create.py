"""The files of a batch: stored and queued all at once, or added while the batch is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Sum

from app.models import Batch, BatchItem, Priority, Upload, Webhook
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.services import webhooks
from app.services.history import entries
from app.services.limits.caller import Caller
from app.services.submission import SubmissionRequest, check_options, submit, uploads

from .archives import unpacked
from .files import BatchFile, check_limits

Stored = tuple[BatchFile, Upload | OcrError]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRequest:
    """Files and the options for all of them. cache: as in SubmissionRequest.

    from_page: sent from our page, so single pictures may have uploads.form_max_bytes().
    """

    files: Iterable[BatchFile]
    options: Options
    cache: bool = True
    from_page: bool = False


def create(
    request: BatchRequest,
    *,
    caller: Caller,
    name: str = "",
    callback: webhooks.Callback | None = None,
) -> Batch:
    """Stores every file and queues its job; a refused file becomes an item with its error.

    A ZIP archive counts as the files in it. Raises OcrError and then leaves nothing behind: the
    errors of check_options(), empty_batch, too_many_files, file_too_large for all together,
    bad_archive, bad_url, unavailable.
    """
    check_options(request.options)
    batch = Batch(owner=caller.owner, visitor=caller.visitor, name=name)
    with _stored(request, batch) as stored, transaction.atomic():
        batch.save(force_insert=True)
        _append(batch, stored, request, caller)
        if callback:
            webhooks.register(callback=callback, batch=batch)
    return batch


def add(request: BatchRequest, *, batch: Batch, caller: Caller) -> None:
    """Appends files to a batch; the limits are those of the whole batch.

    Raises OcrError as create() does, and conflict for a batch with a webhook, which could be called
    before the last file has arrived.
    """
    check_options(request.options)
    if Webhook.objects.filter(batch=batch).exists():
        raise OcrError("conflict", "A batch with a callback_url takes no further files.")
    with _stored(request, batch, **_contents(batch)) as stored, transaction.atomic():
        Batch.objects.select_for_update().get(pk=batch.pk)  # concurrent requests take turns
        _append(batch, stored, request, caller)


@contextmanager
def _stored(request: BatchRequest, batch: Batch, **contents: int) -> Iterator[list[Stored]]:
    """The files with their uploads or errors; all files are deleted if the block fails."""
    stored: list[Stored] = []
    try:
        single = unpacked(request.files, max_bytes=uploads.max_bytes(batch.owner), **contents)
        stored.extend((file, _store(file, batch, request.from_page)) for file in single)
        if not stored:
            raise OcrError("empty_batch", "There are no files in the batch.")
        yield stored
    except BaseException:
        entries.delete_uploads(uploads=[it for _, it in stored if isinstance(it, Upload)])
        raise


def _contents(batch: Batch) -> dict[str, int]:
    """The batch's `count` of files and their `size` in bytes."""
    return batch.items.aggregate(count=Count("pk"), size=Sum("job__upload__size", default=0))


def _store(file: BatchFile, batch: Batch, from_page: bool) -> Upload | OcrError:
    if file.content is None:
        return file.error or OcrError("empty_file", "The file is empty.")
    owner = batch.owner
    try:
        max_bytes = (
            uploads.form_max_bytes(file.content, owner) if from_page else uploads.max_bytes(owner)
        )
        return uploads.store(
            content=file.content,
            name=file.name,
            owner=owner,
            visitor=batch.visitor,
            max_bytes=max_bytes,
        )
    except OcrError as error:
        return error
    finally:
        file.content.close()


def _append(batch: Batch, stored: list[Stored], request: BatchRequest, caller: Caller) -> None:
    before = _contents(batch)
    size = sum(it.size for _, it in stored if isinstance(it, Upload))
    check_limits(count=before["count"] + len(stored), size=before["size"] + size)
    for number, (file, outcome) in enumerate(stored, before["count"] + 1):
        item = BatchItem(
            batch=batch, number=number, reference=file.reference, file_name=file.name[:255]
        )
        if isinstance(outcome, OcrError):
            item.error_code, item.error_message = outcome.code, outcome.message
            item.error_details = outcome.details
        else:
            item.file_name = outcome.name
            item.job = submit(_submission(outcome, request), caller=caller)
        item.save()


def _submission(upload: Upload, request: BatchRequest) -> SubmissionRequest:
    return SubmissionRequest(
        file=upload, options=request.options, priority=Priority.BATCH, cache=request.cache
    )
