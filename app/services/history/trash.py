"""Deleting with a way back: entries lie in the trash for TRASH_DAYS before they go for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from app.models import Job, Status
from app.models.job import JobQuerySet
from app.services import jobs as job_service

from . import search

WAITING = (Status.QUEUED, Status.RUNNING)


def discard(*, jobs: Iterable[Job]) -> int:
    """Puts entries into the trash and stops those that are still being read; how many."""
    discarded = list(jobs)
    for job in discarded:
        if job.status in WAITING:
            job_service.cancel(job=job)
    return _mark(discarded, timezone.now())


def restore(*, jobs: Iterable[Job]) -> int:
    """Brings entries back as they were; how many."""
    return _mark(jobs, None)


@transaction.atomic
def _mark(jobs: Iterable[Job], moment: datetime | None) -> int:
    ids = [job.pk for job in jobs]
    changed: int = Job.objects.filter(pk__in=ids).update(deleted_at=moment)
    search.move(ids=ids)
    return changed


def overdue(*, now: datetime) -> JobQuerySet:
    """What has lain in the trash for too long; workers delete it for good."""
    oldest = now - timedelta(days=settings.TRASH_DAYS)
    found: JobQuerySet = Job.objects.filter(deleted_at__lt=oldest)
    return found
