"""One worker: a slot per core, each with its recognizing process, and the periodic tasks."""

from __future__ import annotations

import logging
import signal
import threading
import time
from types import FrameType

from app.models.worker import HEARTBEAT_SECONDS
from app.services.jobs.wakeup import postgres_bridge
from app.services.jobs.wakeup.notify import QUEUE
from app.services.jobs.wakeup.subscribe import WakeupSocket
from app.services.operations.worker_heartbeats import WorkerHeartbeat

from .page_pool import PagePool
from .periodic import PeriodicTask, periodic_tasks
from .settings import process_config
from .slot import Slot
from .slot_work import Common
from .time_shares import TimeShares

logger = logging.getLogger(__name__)

GRACE = 10.0  # seconds to finish started pages after a stop signal


class Supervisor:
    def __init__(self, slots: int, cores: int) -> None:
        self.wakeup = WakeupSocket(QUEUE)
        pool, config = PagePool(slots, self.wakeup.notify, cores=cores), process_config(cores)
        common = Common(pool, TimeShares(slots))
        self.slots = [Slot(number, self.wakeup, common, config) for number in range(1, slots + 1)]
        self.heartbeat = WorkerHeartbeat(slots=slots, pace=common.pace.to_json)
        self.tasks = [PeriodicTask(self.heartbeat, seconds=HEARTBEAT_SECONDS), *periodic_tasks()]
        self.stopping = threading.Event()

    def run(self) -> None:
        """Works until SIGTERM or SIGINT; then finishes started pages and leaves the others
        queued."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        postgres_bridge.ensure_started()
        for thread in (*self.slots, *self.tasks):
            thread.start()
        logger.info("worker with %d slots", len(self.slots))
        self.stopping.wait()
        self._join()
        logger.info("worker stopped")

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def _join(self) -> None:
        for task in self.tasks:
            task.stopping.set()
        for slot in self.slots:
            slot.stopping.set()
            self.wakeup.notify()
        deadline = time.monotonic() + GRACE
        for slot in self.slots:
            slot.join(max(0.0, deadline - time.monotonic()))
        for slot in self.slots:
            slot.process.kill()
            slot.join(1)
        self.heartbeat.end()
        self.wakeup.close()
