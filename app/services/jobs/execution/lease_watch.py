"""What a worker does while a page is being read: keeps the lease and notices a cancellation."""

from __future__ import annotations

import time

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from .lease import Claim, LeaseLost

CHECK_SECONDS = 0.5


class CancelRequested(Exception):
    """The job's owner wants it stopped."""


class Heartbeat:
    """Called several times a second; asks the database at most every CHECK_SECONDS."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.checked = self.renewed = time.monotonic()

    def __call__(self) -> None:
        """Raises CancelRequested or LeaseLost: then the work must stop at once."""
        now = time.monotonic()
        if now - self.checked < CHECK_SECONDS:
            return
        self.checked = now
        try:
            self._check(now)
        except (OperationalError, InterfaceError):
            # The database is away: go on working until the lease has run out.
            connection.close()
            if now - self.renewed > settings.LEASE_SECONDS:
                raise LeaseLost("the database did not answer") from None

    def _check(self, now: float) -> None:
        wanted = self.claim.row().values_list("cancel_requested", flat=True).first()
        if wanted is None:
            raise LeaseLost(f"job {self.claim.job.pk}")
        if wanted:
            raise CancelRequested
        if now - self.renewed > settings.LEASE_SECONDS / 3:
            self.claim.renew()
            self.renewed = now
