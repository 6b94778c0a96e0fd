"""JOB_DELIVERY=celery: sends ids again that the broker has lost."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from app.services.jobs.queue import runnable

from . import celery

# A job younger than this may still be on its way to the broker.
SETTLED = timedelta(seconds=10)


def resend() -> int:
    """Every job that waits although no message does: flushed, refused, or kept back by a cap.

    A broker that still has messages has not lost its queue, so none is sent twice; and a worker
    that gets an id twice finds the job taken.
    """
    overdue = runnable().filter(updated_at__lt=timezone.now() - SETTLED)
    if not overdue.exists() or celery.waiting_messages():
        return 0
    jobs = list(overdue)
    for job in jobs:
        celery.send(job)
    return len(jobs)
