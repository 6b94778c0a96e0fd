"""Waiting for the end of a job inside a request."""

from __future__ import annotations

import threading
import time
from functools import cache

from django.conf import settings

from app.models import Job
from app.ocr.errors import OcrError

from .wakeup import postgres_bridge
from .wakeup.notify import job_socket
from .wakeup.subscribe import subscribe

POLL = 1.0  # seconds between looks at the job, should a wake-up get lost


def wait(*, job: Job, seconds: float, max_pages: int | None = None) -> Job:
    """The job as it is when it has ended, or after that time. Call it outside transactions.

    job: read or queued in this request, so what has ended, or is not waited for, is not read again.
    max_pages: returns early from a document that turns out to be longer. Returns at once where
    SYNC_WAITING other requests wait.
    """
    if seconds > 0 and not job.ended and waiting_places().acquire(blocking=False):
        try:
            _wait(job, seconds, max_pages)
        finally:
            waiting_places().release()
    return job


@cache
def waiting_places() -> threading.BoundedSemaphore:
    """One for each request that may wait: it holds a thread, and quick requests need some too."""
    return threading.BoundedSemaphore(settings.SYNC_WAITING)


def _wait(job: Job, seconds: float, max_pages: int | None) -> None:
    deadline = time.monotonic() + seconds
    postgres_bridge.ensure_started()
    # Subscribed before the first look, so that no wake-up falls between look and wait.
    with subscribe(job_socket(job.pk)) as receiver:
        while not _is_over(job, max_pages):
            left = deadline - time.monotonic()
            if left <= 0:
                break
            receiver.wait(min(left, POLL))


def _is_over(job: Job, max_pages: int | None) -> bool:
    _refresh(job)
    return job.ended or (max_pages is not None and (job.pages_total or 0) > max_pages)


def _refresh(job: Job) -> None:
    try:
        job.refresh_from_db(from_queryset=Job.objects.select_related("upload"))
    except Job.DoesNotExist:
        raise OcrError("not_found", "The job was deleted.") from None
