"""Leases: the right to work on a job for a limited time, taken by one conditional UPDATE.

Each claim writes a new token, so only one worker gets the job, and an old token writes nothing.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q
from django.utils import timezone

from app.models import Job, Status
from app.models.job import JobQuerySet
from app.services.jobs.queue import runnable

CHECK_SECONDS = 0.5
# The columns that a worker needs: not the results so far, which are long for a long document.
CLAIMED = (
    "upload__file upload__media_type owner_id visitor charged_to options priority status attempt"
    " started_at crashes lost pages_done"
).split()


class LeaseLost(Exception):
    """Another worker has the job, or it was cancelled or deleted: nothing may be written."""


class CancelRequested(Exception):
    """The job's owner has cancelled it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One worker's lease of a job."""

    job: Job
    token: uuid.UUID
    claimed_at: datetime

    def row(self) -> JobQuerySet:
        """The job's row while this claim holds, else an empty queryset."""
        return Job.objects.filter(pk=self.job.pk, status=Status.RUNNING, lease_token=self.token)

    def write(self, **values: object) -> None:
        """Changes the row. Raises LeaseLost."""
        if not self.row().update(updated_at=timezone.now(), **values):
            raise LeaseLost(f"job {self.job.pk}")

    def renew(self) -> None:
        """Raises LeaseLost."""
        if not self.row().update(lease_expires=lease_end()):
            raise LeaseLost(f"job {self.job.pk}")


def claim_next(priority: int | None = None, *, among: Q | None = None) -> Claim | None:
    """The next runnable job, or None. Safe with any number of workers and machines.

    priority: only jobs of this one, which is due although more urgent jobs may wait. among: only
    these jobs.
    """
    candidates = runnable().filter(among or Q()).select_related("upload").only(*CLAIMED)
    if priority is not None:
        candidates = candidates.filter(priority=priority)
    while (job := candidates.first()) is not None:
        if claim := claim_job(job):
            return claim
        # Another worker was first. The loop ends, because each round is another worker's progress.
    return None


def claim_job(job: Job) -> Claim | None:
    """A lease of that job; None if it was claimed or has ended since it was read."""
    token, now = uuid.uuid4(), timezone.now()
    values = {
        "status": Status.RUNNING,
        "lease_token": token,
        "lease_expires": lease_end(),
        "attempt": job.attempt + 1,
        "started_at": job.started_at or now,
        "updated_at": now,
    }
    # Each claim raises the attempt, so an unchanged one means that the job was not claimed
    # meanwhile.
    queued = Job.objects.filter(pk=job.pk, status=Status.QUEUED, attempt=job.attempt)
    if not queued.update(**values):
        return None
    for name, value in values.items():
        setattr(job, name, value)
    return Claim(job, token, now)


def lease_end() -> datetime:
    return timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)


class LeaseKeeper:
    """Renews the lease while a page is being read, and notices a cancellation.

    Call it several times a second; it asks the database at most every CHECK_SECONDS.
    """

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.checked = self.renewed = time.monotonic()

    def __call__(self) -> None:
        """Raises CancelRequested or LeaseLost, after which the work must stop at once."""
        now = time.monotonic()
        if now - self.checked < CHECK_SECONDS:
            return
        self.checked = now
        try:
            self._check(now)
        except (OperationalError, InterfaceError):
            # The database is unreachable: continue until the lease has expired.
            connection.close()
            if now - self.renewed > settings.LEASE_SECONDS:
                raise LeaseLost("the database did not answer") from None

    def _check(self, now: float) -> None:
        cancel_requested = self.claim.row().values_list("cancel_requested", flat=True).first()
        if cancel_requested is None:
            raise LeaseLost(f"job {self.claim.job.pk}")
        if cancel_requested:
            raise CancelRequested
        if now - self.renewed > settings.LEASE_SECONDS / 3:
            self.claim.renew()
            self.renewed = now
