from __future__ import annotations

import threading
import time

from django.conf import settings

from app.models import Job
from app.ocr.errors import OcrError

from .wakeup import local, postgres

# Looks this often by itself, in seconds, should a ring get lost.
POLL = 1.0
# Each who waits holds a thread of the web server; some are kept for what takes milliseconds.
_seats = threading.BoundedSemaphore(settings.SYNC_WAITING)


def wait(*, job: Job, seconds: float, max_pages: int | None = None) -> Job:
    """The job as it stands when it has ended, or else after that time. Not in a transaction.

    max_pages: a document that turns out to be longer is not waited for. Nobody waits where
    SYNC_WAITING others do.
    """
    if seconds > 0 and _seats.acquire(blocking=False):
        try:
            _wait(job, seconds, max_pages)
        finally:
            _seats.release()
    else:
        _refresh(job)
    return job


def _wait(job: Job, seconds: float, max_pages: int | None) -> None:
    deadline = time.monotonic() + seconds
    postgres.ensure_started()
    # The bell hangs before the first look, so that no ring falls between look and wait.
    with local.listening(local.job_bell(job.pk)) as listener:
        while not _is_over(job, max_pages):
            left = deadline - time.monotonic()
            if left <= 0:
                break
            listener.wait(min(left, POLL))


def _is_over(job: Job, max_pages: int | None) -> bool:
    _refresh(job)
    return job.ended or (max_pages is not None and (job.pages_total or 0) > max_pages)


def _refresh(job: Job) -> None:
    try:
        job.refresh_from_db(from_queryset=Job.objects.select_related("upload"))
    except Job.DoesNotExist:
        raise OcrError("not_found", "The job was deleted.") from None
