"""Takes jobs back from workers that are gone: killed, unplugged or frozen."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from app.models import Job, Status
from app.services.jobs import transitions
from app.services.jobs.requeue import requeue

from .outcome import CRASHED

# A worker can be killed for many reasons, so an innocent job is given more chances than one whose
# own engine process crashed.
PATIENCE = 5


def reap() -> int:
    """Queues every job again whose lease ran out; how many. Any number of workers may call it."""
    now = timezone.now()
    return sum(_take_back(job) for job in Job.objects.stale(now).order_by("lease_expires"))


def _take_back(job: Job) -> bool:
    row = Job.objects.stale(timezone.now()).filter(pk=job.pk, lease_token=job.lease_token)
    if job.cancel_requested:
        return transitions.end(row, job, status=Status.CANCELLED, **transitions.CANCELLED)
    lost = job.lost + 1
    if lost >= settings.JOB_MAX_LOST * PATIENCE:
        error = {"error_code": CRASHED.code, "error_message": CRASHED.message}
        return transitions.end(row, job, status=Status.FAILED, lost=lost, **error)
    return requeue(row, job, lost=lost)
