"""The state of a batch: its items, results, retries, cancellation and end."""

from __future__ import annotations

import time
from contextlib import suppress
from uuid import UUID

from django.db.models import Prefetch

from app.models import ENDED, Batch, BatchItem, Job, Status
from app.models.job import JobQuerySet
from app.ocr.errors import OcrError
from app.services import jobs


def detailed(pk: UUID) -> Batch:
    """The batch with counts and items, in three queries however many files it has."""
    items = BatchItem.objects.select_related("job").defer("job__text", "job__corrected_text")
    found: Batch = (
        Batch.objects.with_counts()
        .prefetch_related(Prefetch("items", items.order_by("number")))
        .get(pk=pk)
    )
    return found


def finished_jobs(*, batch: Batch) -> JobQuerySet:
    """The jobs with a result, in the order of the files."""
    done = Job.objects.filter(batch_item__batch=batch, status=Status.DONE, deleted_at=None)
    done = done.history()
    found: JobQuerySet = done.order_by("batch_item__number")
    return found


def retry(*, batch: Batch) -> None:
    """Queues every failed or cancelled job of the batch again. Raises OcrError(unavailable)."""
    stopped = Job.objects.filter(batch_item__batch=batch, status__in=jobs.RETRIABLE)
    for job in stopped.order_by("batch_item__number"):
        jobs.retry(job=job)


def cancel(*, batch: Batch) -> None:
    """Cancels every job of the batch that has not ended."""
    for job in Job.objects.filter(batch_item__batch=batch).exclude(status__in=ENDED):
        jobs.cancel(job=job)


def wait(*, batch: Batch, seconds: float) -> None:
    """Returns when every job of the batch has ended, or after `seconds`.

    Returns at once if too many requests already wait (SYNC_WAITING).
    """
    deadline = time.monotonic() + seconds
    unfinished = Job.objects.filter(batch_item__batch=batch).exclude(status__in=ENDED)
    while job := unfinished.order_by("-batch_item__number").first():
        left = deadline - time.monotonic()
        if left <= 0:
            return
        with suppress(OcrError):  # deleted while it ran
            if not jobs.wait(job=job, seconds=left).ended:
                return
