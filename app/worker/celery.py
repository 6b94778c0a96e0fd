"""JOB_DELIVERY=celery: the slots are threads of a Celery worker, the work is the same."""

from __future__ import annotations

import threading
from typing import Any

from celery.signals import worker_shutting_down
from django.db import close_old_connections

from app.models.worker import BEAT_SECONDS
from app.services.jobs.execution.lease import claim_job
from app.services.jobs.queue import runnable
from app.services.jobs.wakeup.celery import RUN_JOB, celery, queue_names
from app.services.operations.worker_heartbeats import Beat

from .chores import Chore, queue_chores
from .process import RecognizerProcess
from .settings import process_config
from .slot import run_claim

stopping = threading.Event()
_slot = threading.local()


@celery.task(name=RUN_JOB, ignore_result=True)
def run_job(job_id: str) -> None:
    """Runs the job unless it runs already, has ended, or its owner is at the cap."""
    close_old_connections()
    job = runnable().select_related("upload").filter(pk=job_id).first()
    if stopping.is_set() or job is None:
        return
    claim = claim_job(job)
    if claim:
        run_claim(claim, _process(), stopping.is_set)


def serve(*, slots: int, queues: str) -> int:
    """Runs until SIGTERM or SIGINT; the exit status. queues: names with commas, "" for all."""
    beat = Beat(slots=slots)
    for chore in (Chore(beat, seconds=BEAT_SECONDS), *queue_chores()):
        chore.start()
    worker = celery.Worker(
        pool="threads",
        concurrency=slots,
        queues=queues.split(",") if queues else list(queue_names()),
        without_gossip=True,
        without_mingle=True,
        loglevel="INFO",
    )
    worker.start()
    beat.end()
    return worker.exitcode or 0


@worker_shutting_down.connect
def _stop(**signal: Any) -> None:
    """Jobs under way give the rest back after their present page."""
    stopping.set()


def _process() -> RecognizerProcess:
    """This thread's own."""
    if not hasattr(_slot, "process"):
        _slot.process = RecognizerProcess(process_config())
    process: RecognizerProcess = _slot.process
    return process
