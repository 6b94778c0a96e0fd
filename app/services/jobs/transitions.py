"""State changes of jobs: one conditional UPDATE each, and the wake-ups that belong to it.

`row` is a queryset that matches the job only while the caller may change it.
"""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from app.models import Job, Page, Status
from app.models.job import JobQuerySet
from app.ocr.text import storable_text
from app.services import webhooks
from app.services.history import search
from app.services.history.letters import letters
from app.services.operations import metrics

from .wakeup import notify

logger = logging.getLogger(__name__)

CANCELLED = {"error_code": "cancelled", "error_message": "The recognition was cancelled."}


@transaction.atomic(savepoint=False)
def finish(row: JobQuerySet, job: Job, *, status: Status, **values: Any) -> bool:
    """Ends the job if `row` still matches it. Returns whether the row was updated.

    Erases a PDF's password, which a later attempt must provide again. The text of a job that is not
    done is that of its finished pages.
    """
    now = timezone.now()
    if status != Status.DONE:
        values |= _finished_part(job)
    ended = row.update(
        status=status,
        options=job.options_without_password,
        finished_at=now,
        updated_at=now,
        lease_token=None,
        lease_expires=None,
        cancel_requested=False,
        **values,
    )
    if ended:
        if values.get("text") and status != Status.DONE:
            search.index(job=search.indexed_columns().get(pk=job.pk))
        webhooks.job_ended(job=job)
        notify.job_ended(job.pk)
        transaction.on_commit(lambda: _record_outcome(job, status, values.get("error_code", "")))
    return bool(ended)


def _finished_part(job: Job) -> dict[str, Any]:
    """Values of a job that stopped after some pages."""
    texts = Page.objects.filter(job=job).exclude(text="").order_by("number")
    text = storable_text("\n\n".join(texts.values_list("text", flat=True)))
    return {"text": text, "letter_count": len(letters(text))} if text else {}


@transaction.atomic(savepoint=False)
def requeue(row: JobQuerySet, job: Job, **values: Any) -> bool:
    """Queues the job again if `row` still matches it. Returns whether the row was updated."""
    queued = row.update(
        status=Status.QUEUED,
        lease_token=None,
        lease_expires=None,
        updated_at=timezone.now(),
        **values,
    )
    if queued:
        announce(job)
    return bool(queued)


def announce(job: Job) -> None:
    """Wakes a worker, or sends it the job's id, when the transaction is committed.

    Workers find a job whose announcement is lost in the table.
    """
    if settings.JOB_DELIVERY == "celery":
        from .wakeup import celery

        transaction.on_commit(lambda: celery.announce(job))
    else:
        notify.job_queued()


def _record_outcome(job: Job, status: Status, code: str) -> None:
    metrics.count_job(status=status, code=code)
    logger.info("job %s %s %s", job.pk, status, code, extra={"job_id": str(job.pk)})
