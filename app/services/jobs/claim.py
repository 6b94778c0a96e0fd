"""Taking a job: one conditional UPDATE writes a fresh lease token, so only one worker gets it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from app.models import Job, Status
from app.models.job import JobQuerySet

from .queue import runnable


class LeaseLost(Exception):
    """Another worker has the job, or it was cancelled or deleted: nothing may be written."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a job while the lease runs. An old token writes nothing any more."""

    job: Job
    token: uuid.UUID
    claimed_at: datetime

    def row(self) -> JobQuerySet:
        """The job's row as long as this claim holds, else nothing."""
        return Job.objects.filter(pk=self.job.pk, status=Status.RUNNING, lease_token=self.token)

    def write(self, **values: object) -> None:
        """Changes the row. Raises LeaseLost."""
        if not self.row().update(updated_at=timezone.now(), **values):
            raise LeaseLost(f"job {self.job.pk}")

    def renew(self) -> None:
        """Raises LeaseLost."""
        if not self.row().update(lease_expires=lease_end()):
            raise LeaseLost(f"job {self.job.pk}")


def claim_next() -> Claim | None:
    """The next runnable job, or None. Safe with any number of workers and machines."""
    if not runnable().exists():  # an empty queue costs no write lock
        return None
    with transaction.atomic():
        # Workers on PostgreSQL skip each other's candidates; on SQLite one transaction writes.
        candidates = runnable().select_for_update(skip_locked=True, of=("self",))
        job_id = candidates.values_list("pk", flat=True).first()
        return claim_job(job_id) if job_id else None


def claim_job(job_id: uuid.UUID) -> Claim | None:
    """That job if it still waits, else None."""
    token, now = uuid.uuid4(), timezone.now()
    taken = Job.objects.filter(pk=job_id, status=Status.QUEUED).update(
        status=Status.RUNNING,
        lease_token=token,
        lease_expires=lease_end(),
        attempt=F("attempt") + 1,
        started_at=Coalesce("started_at", now),
        updated_at=now,
    )
    if not taken:
        return None
    return Claim(Job.objects.select_related("upload").get(pk=job_id), token, now)


def lease_end() -> datetime:
    return timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
