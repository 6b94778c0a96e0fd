from __future__ import annotations

from django.conf import settings

from app.models import Job

from . import inline
from .wakeup.announce import announce


def check() -> None:
    """Raises OcrError(unavailable) if a new job could not be delivered."""
    if settings.JOB_DELIVERY == "celery":
        from .wakeup import celery

        celery.check()


def deliver(job: Job) -> None:
    """Sets a queued job going, in the transaction that queued it."""
    if settings.JOB_RUNNER == "inline":
        inline.run_here(job)
    else:
        announce(job)
