"""The end of a job: one conditional UPDATE, the secret forgotten, everybody concerned told."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from app.models import Job, Status
from app.models.job import JobQuerySet
from app.services import webhooks
from app.services.operations import metrics

from .wakeup import local, postgres

logger = logging.getLogger(__name__)

CANCELLED = {"error_code": "cancelled", "error_message": "The recognition was cancelled."}


@transaction.atomic
def end(row: JobQuerySet, job: Job, *, status: Status, **values: Any) -> bool:
    """Ends the job if `row` still matches it, says whether it did.

    A PDF's password is erased, so a later attempt has to be given it again.
    """
    now = timezone.now()
    ended = row.update(
        status=status,
        options=job.shown_options,
        finished_at=now,
        updated_at=now,
        lease_token=None,
        lease_expires=None,
        cancel_requested=False,
        **values,
    )
    if ended:
        webhooks.job_ended(job=job)
        postgres.notify(postgres.ENDED, str(job.pk))
        transaction.on_commit(lambda: local.ring(local.job_bell(job.pk)))
        transaction.on_commit(lambda: _record(job, status, values.get("error_code", "")))
    return bool(ended)


def _record(job: Job, status: Status, code: str) -> None:
    metrics.count_job(status=status, code=code)
    logger.info("job %s %s %s", job.pk, status, code, extra={"job_id": str(job.pk)})
