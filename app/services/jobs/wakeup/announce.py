"""Tells workers of a runnable job. One whose announcement gets lost is found in the table."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import transaction

from app.models import Job

from . import local, postgres

logger = logging.getLogger(__name__)


def announce(job: Job) -> None:
    """Wakes a worker, or sends it the job's id, when the transaction is committed."""
    if settings.JOB_DELIVERY == "celery":
        transaction.on_commit(lambda: _send(job))
    else:
        postgres.notify(postgres.QUEUED)
        transaction.on_commit(lambda: local.ring(local.QUEUE))


def _send(job: Job) -> None:
    from kombu.exceptions import OperationalError

    from .celery import send

    try:
        send(job)
    except OperationalError as error:
        logger.warning("job %s will be sent later: %s", job.pk, error)
