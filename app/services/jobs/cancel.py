"""Cancellation of jobs that wait or run."""

from __future__ import annotations

from django.db import transaction

from app.models import Job, Status

from . import transitions
from .wait import wait

# A worker checks for cancellations more often than every so many seconds.
STOP_SECONDS = 3


def cancel(*, job: Job) -> Job:
    """A queued job ends now; a running one is stopped by its worker within two seconds.

    A job that has ended stays as it is. Finished pages are kept.
    """
    with transaction.atomic():
        queued = Job.objects.filter(pk=job.pk, status=Status.QUEUED)
        if not transitions.finish(queued, job, status=Status.CANCELLED, **transitions.CANCELLED):
            Job.objects.filter(pk=job.pk, status=Status.RUNNING).update(cancel_requested=True)
    job.refresh_from_db()
    return job


def stop(*, job: Job) -> Job:
    """Cancels, and returns when the job has stopped running or STOP_SECONDS have passed."""
    return wait(job=cancel(job=job), seconds=STOP_SECONDS)
