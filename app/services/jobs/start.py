"""Delivery of queued jobs to workers, or recognition in this process (JOB_RUNNER=inline)."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from app.models import Job
from app.recognition.libraries import configure_libraries
from app.services.engine_settings import engine_config

from . import transitions
from .execution.lease import claim_job
from .execution.run import Reader, run


def check() -> None:
    """Raises OcrError(unavailable) if a new job could not be delivered."""
    if settings.JOB_DELIVERY == "celery":
        from .wakeup import celery

        celery.check()


def deliver(job: Job) -> None:
    """Notifies workers of a queued job. Call it in the transaction that queued the job."""
    if settings.JOB_RUNNER == "inline":
        _run_here(job)
    else:
        transitions.announce(job)


def _run_here(job: Job) -> None:
    claim = claim_job(job)
    if claim:
        run(claim, _reader(settings.RECOGNIZER))
        job.refresh_from_db()


@cache
def _reader(name: str) -> Reader:
    """The reader of this process. name: dotted name of a class with the methods of Recognizer."""
    config = engine_config()
    configure_libraries(threads=1)
    reader: Reader = import_string(name)(config)
    return reader
