"""Taking a job: one conditional UPDATE writes a fresh lease token, so only one worker gets it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from app.models import Job, Status
from app.models.job import JobQuerySet
from app.services.jobs.queue import runnable


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
    candidates = runnable().select_related("upload")
    while (job := candidates.first()) is not None:
        if claim := claim_job(job):
            return claim
        # Another worker was quicker; each loser of a race has seen somebody win it.
    return None


def claim_job(job: Job) -> Claim | None:
    """The right to run that job; None if somebody else took or ended it since it was read."""
    token, now = uuid.uuid4(), timezone.now()
    values = {
        "status": Status.RUNNING,
        "lease_token": token,
        "lease_expires": lease_end(),
        "attempt": job.attempt + 1,
        "started_at": job.started_at or now,
        "updated_at": now,
    }
    # Each run raises the attempt, so nobody has run the job since it was read.
    waiting = Job.objects.filter(pk=job.pk, status=Status.QUEUED, attempt=job.attempt)
    if not waiting.update(**values):
        return None
    for name, value in values.items():
        setattr(job, name, value)
    return Claim(job, token, now)


def lease_end() -> datetime:
    return timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
