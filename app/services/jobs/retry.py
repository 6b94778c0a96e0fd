"""A second attempt at failed and cancelled jobs."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from app.models import Job, Status
from app.models.job import error_columns
from app.ocr.errors import OcrError

from . import start
from .queue import next_turn

RETRIABLE = (Status.FAILED, Status.CANCELLED)


def retry(*, job: Job) -> Job:
    """Queues a failed or cancelled job again; finished pages are not read a second time.

    Raises OcrError: conflict for a job in any other state, unavailable.
    """
    start.check()
    with transaction.atomic():
        again = Job.objects.filter(pk=job.pk, status__in=RETRIABLE).update(
            status=Status.QUEUED,
            turn=next_turn(owner=job.owner, visitor=job.visitor, priority=job.priority),
            **error_columns(None),
            crashes=0,
            lost=0,
            run_after=None,
            started_at=None,
            finished_at=None,
            cancel_requested=False,
            previewed=False,
            updated_at=timezone.now(),
        )
        if not again:
            raise OcrError(
                "conflict", f"Only failed or cancelled jobs can be retried: {job.status}."
            )
        start.deliver(job)
    job.refresh_from_db()
    return job
