"""Deleting with a way back: entries lie in the trash for TRASH_DAYS before they go for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from app.models import Job, Status
from app.models.job import JobQuerySet

from . import jobs as job_service

WAITING = (Status.QUEUED, Status.RUNNING)


def discard(*, jobs: Iterable[Job]) -> int:
    """Puts entries into the trash and stops those that are still being read; how many."""
    discarded = list(jobs)
    for job in discarded:
        if job.status in WAITING:
            job_service.cancel(job=job)
    now = timezone.now()
    return Job.objects.filter(pk__in=[job.pk for job in discarded]).update(deleted_at=now)


def restore(*, jobs: Iterable[Job]) -> int:
    """Brings entries back as they were; how many."""
    return Job.objects.filter(pk__in=[job.pk for job in jobs]).update(deleted_at=None)


def overdue(*, now: datetime) -> JobQuerySet:
    """What has lain in the trash for too long; workers delete it for good."""
    oldest = now - timedelta(days=settings.TRASH_DAYS)
    found: JobQuerySet = Job.objects.filter(deleted_at__lt=oldest)
    return found
