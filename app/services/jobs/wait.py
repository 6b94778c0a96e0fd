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

POLL = 1.0  # seconds between checks of the job, in case a wake-up is lost
# The columns that workers change and that answers show. Reading all takes twice as long.
CHANGING = (
    "status options attempt started_at finished_at updated_at pages_total pages_done error_code"
    " error_message error_details text confidence letter_count words lines engine_used"
    " language_used seconds"
).split()


def wait(*, job: Job, seconds: float, max_pages: int | None = None) -> Job:
    """The job once it has ended, or after `seconds`. Call it outside transactions.

    job: read or queued in this request, so it is not read again if it has ended or is not waited
    for. max_pages: returns early for a document that turns out to be longer. Returns at once if
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
    """Semaphore of the requests that may wait: each holds a thread, and quick requests need some
    too."""
    return threading.BoundedSemaphore(settings.SYNC_WAITING)


def _wait(job: Job, seconds: float, max_pages: int | None) -> None:
    deadline = time.monotonic() + seconds
    postgres_bridge.ensure_started()
    # Subscribe before the first check, so that no wake-up is lost between check and wait.
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
    unread = job.get_deferred_fields()
    try:
        job.refresh_from_db(fields=[name for name in CHANGING if name not in unread])
    except Job.DoesNotExist:
        raise OcrError("not_found", "The job was deleted.") from None
