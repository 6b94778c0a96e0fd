"""Slots of a worker: threads that claim jobs and let a recognizing process read the pages."""

from __future__ import annotations

import logging
import threading

from django.db import close_old_connections, connection

from app.models import Priority
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.wakeup.subscribe import WakeupSocket
from app.services.operations.transient_errors import transient_errors

from .previews import make_leftover_previews
from .process import ProcessConfig, RecognizerProcess
from .slot_work import Common, SlotWork

logger = logging.getLogger(__name__)

POLL = 1.0  # seconds after which an idle slot checks for a job without a wake-up
PAUSE = 1.0  # pause in seconds after an unexpected error


class Slot(threading.Thread):
    """Runs one job after the other, with a recognizing process of its own."""

    def __init__(
        self, number: int, wakeup: WakeupSocket, common: Common, config: ProcessConfig
    ) -> None:
        super().__init__(name=f"slot-{number}", daemon=True)
        self.wakeup = wakeup
        self.common = common
        self.process = RecognizerProcess(config)
        self.stopping = threading.Event()
        self.work = SlotWork(self.process, common, self.stopping.is_set)

    def run(self) -> None:
        self.process.start()
        while not self.stopping.is_set():
            try:
                if not self.work_once():
                    self.wakeup.wait(POLL)
            except transient_errors() as error:
                logger.error("%s: %s", self.name, error)
                self._pause()
            except Exception:
                # A bug, which must not end the worker.
                logger.exception("%s", self.name)
                self._pause()
        self.process.kill()
        connection.close()

    def _pause(self) -> None:
        connection.close()
        self.stopping.wait(PAUSE)

    def work_once(self) -> bool:
        """Does work that is due by its share, or else the next job, or else other work.

        False if there is nothing.
        """
        close_old_connections()
        if self.work.do_due():
            return True
        if claim := claim_next():
            self.work.run(claim)
            return True
        with self.common.shares.timed(Priority.INTERACTIVE):  # of the document that is read ahead
            if self.common.pool.help(self.process):
                return True
        return make_leftover_previews(self.process)
