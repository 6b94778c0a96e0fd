"""JOB_DELIVERY=celery: slots that run as threads of a Celery worker."""

from __future__ import annotations

import threading
from typing import Any

from celery.signals import worker_shutting_down
from django.db import close_old_connections

from app.models.worker import HEARTBEAT_SECONDS
from app.services.jobs.execution.lease import claim_job
from app.services.jobs.queue import runnable
from app.services.jobs.wakeup.celery import RUN_JOB, celery, queue_names, served_by
from app.services.operations.worker_heartbeats import WorkerHeartbeat

from .page_pool import PagePool
from .periodic import PeriodicTask, periodic_tasks
from .previews import make_leftover_previews
from .process import RecognizerProcess
from .settings import process_config
from .slot_work import Common, SlotWork
from .time_shares import TimeShares

stopping = threading.Event()
_thread = threading.local()


class Serving:
    """The parts that all threads share, set before they start. The threads read no pages ahead."""

    common = Common()


@celery.task(name=RUN_JOB, ignore_result=True)
def run_job(job_id: str) -> None:
    """Runs the job unless it runs already, has ended, or its owner is at the cap.

    Work that is due by its share goes first: the broker does not know the shares, so a batch would
    get no worker while single files keep coming. The later message of a job run in this way has no
    effect.
    """
    close_old_connections()
    if stopping.is_set():
        return
    work = _work()
    work.do_due()
    job = runnable().select_related("upload").filter(pk=job_id).first()
    if job and (claim := claim_job(job)):
        work.run(claim)
        _draw_leftover_previews(work)


def serve(*, slots: int, cores: int, queues: str) -> int:
    """Works until SIGTERM or SIGINT. Returns the exit status.

    queues: names separated by commas, "" for all.
    """
    served = queues.split(",") if queues else list(queue_names())
    common = Common(PagePool(cores=cores), TimeShares(slots), among=served_by(served))
    Serving.common = common
    heartbeat = WorkerHeartbeat(slots=slots, pace=common.pace.to_json)
    for task in (PeriodicTask(heartbeat, seconds=HEARTBEAT_SECONDS), *periodic_tasks()):
        task.start()
    worker = celery.Worker(
        pool="threads",
        concurrency=slots,
        queues=served,
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


def _draw_leftover_previews(work: SlotWork) -> None:
    """Draws leftover pictures while no job waits; otherwise they have their share of the time."""
    while not (stopping.is_set() or runnable().filter(Serving.common.among).exists()):
        if not make_leftover_previews(work.process):
            return


def _work() -> SlotWork:
    """This thread's work, with its recognizing process."""
    if not hasattr(_thread, "work"):
        process = RecognizerProcess(process_config(Serving.common.pool.cores))
        _thread.work = SlotWork(process, Serving.common, stopping.is_set)
    work: SlotWork = _thread.work
    return work
