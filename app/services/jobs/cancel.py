from __future__ import annotations

from django.db import transaction

from app.models import Job, Status

from . import transitions
from .wait import wait

# A worker looks for cancellations more often than this many seconds.
STOP_SECONDS = 3


def cancel(*, job: Job) -> Job:
    """A queued job ends now; a running one is stopped by its worker within two seconds.

    An ended job stays as it is. Finished pages are kept.
    """
    with transaction.atomic():
        waiting = Job.objects.filter(pk=job.pk, status=Status.QUEUED)
        if not transitions.end(waiting, job, status=Status.CANCELLED, **transitions.CANCELLED):
            Job.objects.filter(pk=job.pk, status=Status.RUNNING).update(cancel_requested=True)
    job.refresh_from_db()
    return job


def stop(*, job: Job) -> Job:
    """cancel(), and back when the job does not run any more, or after STOP_SECONDS."""
    return wait(job=cancel(job=job), seconds=STOP_SECONDS)
