"""JOB_RUNNER=inline: the submitting process recognizes, by the code that workers run."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from app.models import Job
from app.services.engine_settings import engine_config
from app.services.operations.metrics import MeasuredReader

from .execution.lease import claim_job
from .execution.run import Reader, run


def run_here(job: Job) -> None:
    claim = claim_job(job)
    if claim:
        run(claim, MeasuredReader(_reader(settings.RECOGNIZER)))


@cache
def _reader(name: str) -> Reader:
    reader: Reader = import_string(name)(engine_config())
    return reader
