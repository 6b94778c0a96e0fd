"""JOB_DELIVERY=celery: slots as threads of a Celery worker, which do the same work."""

from __future__ import annotations

import threading
import time
from typing import Any

from celery.signals import worker_shutting_down
from django.db import close_old_connections

from app.models.worker import HEARTBEAT_SECONDS
from app.services.jobs.execution.lease import claim_job
from app.services.jobs.queue import runnable
from app.services.jobs.wakeup.celery import RUN_JOB, celery, queue_names
from app.services.operations.worker_heartbeats import Pace, WorkerHeartbeat

from .page_pool import PagePool
from .periodic import PeriodicTask, periodic_tasks
from .previews import make_leftover_previews
from .process import RecognizerProcess
from .settings import process_config
from .slot import run_claim

stopping = threading.Event()
pace = Pace()
_slot = threading.local()
# Its threads read no pages ahead, but share the cores.
pool = PagePool()


@celery.task(name=RUN_JOB, ignore_result=True)
def run_job(job_id: str) -> None:
    """Runs the job unless it runs already, has ended, or its owner is at the cap."""
    close_old_connections()
    job = runnable().select_related("upload").filter(pk=job_id).first()
    if stopping.is_set() or job is None:
        return
    claim = claim_job(job)
    if claim:
        started = time.monotonic()
        run_claim(claim, _process(), stopping.is_set, pool)
        pace.add(claim.job.priority, time.monotonic() - started)
        _draw_leftover_previews()


def serve(*, slots: int, cores: int, queues: str) -> int:
    """Works until SIGTERM or SIGINT. Returns the exit status.

    queues: names separated by commas, "" for all.
    """
    heartbeat = WorkerHeartbeat(slots=slots, pace=pace.to_json)
    pool.cores = cores
    for task in (PeriodicTask(heartbeat, seconds=HEARTBEAT_SECONDS), *periodic_tasks()):
        task.start()
    worker = celery.Worker(
        pool="threads",
        concurrency=slots,
        queues=queues.split(",") if queues else list(queue_names()),
        without_gossip=True,
        without_mingle=True,
        loglevel="INFO",
    )
    worker.start()
    heartbeat.end()
    return worker.exitcode or 0


@worker_shutting_down.connect
def _stop(**signal: Any) -> None:
    """Running jobs are queued again after their current page."""
    stopping.set()


def _draw_leftover_previews() -> None:
    """One picture after each job, and all of them while no job waits."""
    while make_leftover_previews(_process()):
        if stopping.is_set() or runnable().exists():
            return


def _process() -> RecognizerProcess:
    """The recognizing process of this thread."""
    if not hasattr(_slot, "process"):
        _slot.process = RecognizerProcess(process_config(pool.cores))
    process: RecognizerProcess = _slot.process
    return process
