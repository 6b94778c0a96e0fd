"""One worker: a slot per core, each with its recognizing process, and the chores of the queue."""

from __future__ import annotations

import logging
import signal
import threading
import time
from types import FrameType

from app.models.worker import BEAT_SECONDS
from app.services.jobs.wakeup import postgres
from app.services.jobs.wakeup.local import QUEUE, Bell
from app.services.operations.worker_heartbeats import Beat

from .chores import Chore, queue_chores
from .read_ahead import Board
from .settings import process_config, slot_count
from .slot import Slot

logger = logging.getLogger(__name__)

GRACE = 10.0  # seconds in which pages under way may be finished after a stop signal


class Supervisor:
    def __init__(self, slots: int = 0) -> None:
        self.bell = Bell(QUEUE)
        count = slots or slot_count()
        board = Board(count, self.bell.ring)
        self.slots = [
            Slot(number, self.bell, board, process_config()) for number in range(1, count + 1)
        ]
        self.beat = Beat(slots=count)
        self.chores = [Chore(self.beat, seconds=BEAT_SECONDS), *queue_chores()]
        self.stopping = threading.Event()

    def run(self) -> None:
        """Until SIGTERM or SIGINT; then pages under way are finished, unread ones left queued."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        postgres.ensure_started()
        for thread in (*self.slots, *self.chores):
            thread.start()
        logger.info("worker with %d slots", len(self.slots))
        self.stopping.wait()
        self._join()
        logger.info("worker stopped")

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def _join(self) -> None:
        for chore in self.chores:
            chore.stopping.set()
        for slot in self.slots:
            slot.stopping.set()
            self.bell.ring()
        deadline = time.monotonic() + GRACE
        for slot in self.slots:
            slot.join(max(0.0, deadline - time.monotonic()))
        for slot in self.slots:
            slot.process.kill()
            slot.join(1)
        self.beat.end()
        self.bell.close()
