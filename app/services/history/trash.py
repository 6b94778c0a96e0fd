"""The trash: deleted entries can be restored for TRASH_DAYS, then they are erased."""

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

UNFINISHED = (Status.QUEUED, Status.RUNNING)


def discard(*, jobs: Iterable[Job]) -> int:
    """Puts entries into the trash and cancels unfinished ones. Returns their number."""
    discarded = list(jobs)
    for job in discarded:
        if job.status in UNFINISHED:
            job_service.cancel(job=job)
    return _mark(discarded, timezone.now())


def restore(*, jobs: Iterable[Job]) -> int:
    """Brings entries back as they were. Returns their number."""
    return _mark(jobs, None)


@transaction.atomic
def _mark(jobs: Iterable[Job], moment: datetime | None) -> int:
    ids = [job.pk for job in jobs]
    changed: int = Job.objects.filter(pk__in=ids).update(deleted_at=moment)
    search.update_scope(ids=ids)
    return changed


def overdue(*, now: datetime) -> JobQuerySet:
    """Entries in the trash for longer than TRASH_DAYS, which workers erase."""
    oldest = now - timedelta(days=settings.TRASH_DAYS)
    found: JobQuerySet = Job.objects.filter(deleted_at__lt=oldest)
    return found
