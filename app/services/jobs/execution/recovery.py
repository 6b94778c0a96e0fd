"""Recovery of jobs whose worker died or whose message was lost; any worker may call it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from app.models import Job, Status
from app.models.job import error_columns
from app.services.jobs import transitions
from app.services.jobs.queue import runnable

from .outcome import CRASHED

# A worker can be killed for many reasons, so its job gets more attempts than one whose own engine
# process crashed.
LOST_FACTOR = 5
# The message of a job younger than this may still be on its way to the broker.
DELIVERY_TIME = timedelta(seconds=10)


def requeue_expired() -> int:
    """Queues every job whose lease has expired again. Returns their number."""
    now = timezone.now()
    return sum(_recover(job) for job in Job.objects.stale(now).order_by("lease_expires"))


def _recover(job: Job) -> bool:
    row = Job.objects.stale(timezone.now()).filter(pk=job.pk, lease_token=job.lease_token)
    if job.cancel_requested:
        return transitions.finish(row, job, status=Status.CANCELLED, **transitions.CANCELLED)
    lost = job.lost + 1
    if lost >= settings.JOB_MAX_LOST * LOST_FACTOR:
        error = error_columns(CRASHED)
        return transitions.finish(row, job, status=Status.FAILED, lost=lost, **error)
    return transitions.requeue(row, job, lost=lost)


def resend_lost_messages() -> int:
    """JOB_DELIVERY=celery: sends the ids of jobs that wait without a message. Returns their number.

    Their messages were lost or refused, or held back by their owner's cap. Nothing is sent while
    the broker still has messages, because then it has not lost its queue. A worker that gets an id
    twice finds the job taken.
    """
    from app.services.jobs.wakeup import celery

    overdue = runnable().filter(updated_at__lt=timezone.now() - DELIVERY_TIME)
    if not overdue.exists() or celery.waiting_messages():
        return 0
    jobs = list(overdue)
    for job in jobs:
        celery.send(job)
    return len(jobs)
