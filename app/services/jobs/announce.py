"""Tells workers of a runnable job. One whose announcement gets lost is found in the table."""

from __future__ import annotations

from django.db import transaction

from app.models import Job

from . import bell, relay


def announce(job: Job) -> None:
    """Wakes a worker when the transaction is committed."""
    relay.notify(relay.QUEUED)
    transaction.on_commit(lambda: bell.ring(bell.QUEUE))
