"""Long documents give way between pages, so that one of them never blocks the site."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from app.services.jobs.queue import others_waiting

from .lease import Claim

# How long a document may keep its worker while others of the same priority wait.
SLICE = timedelta(seconds=5)


def should_step_aside(claim: Claim) -> bool:
    """Somebody more urgent waits, or another sender does and this job had its slice of time."""
    others = others_waiting(claim.job)
    if timezone.now() - claim.claimed_at < SLICE:
        others = others.filter(priority__lt=claim.job.priority)
    return others.exists()
