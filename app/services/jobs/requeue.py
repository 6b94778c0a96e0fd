from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from app.models import Job, Status
from app.models.job import JobQuerySet

from .wakeup.announce import announce


@transaction.atomic
def requeue(row: JobQuerySet, job: Job, **values: Any) -> bool:
    """Puts the job back into the queue if `row` still matches it, says whether it did."""
    again = row.update(
        status=Status.QUEUED,
        lease_token=None,
        lease_expires=None,
        updated_at=timezone.now(),
        **values,
    )
    if again:
        announce(job)
    return bool(again)
