from __future__ import annotations

import logging
import threading

from django.db import close_old_connections, connection

from app.services.jobs.bell import Bell
from app.services.jobs.claim import Claim, claim_next
from app.services.jobs.heartbeat import Heartbeat
from app.services.jobs.run import run

from .process import ProcessConfig, RecognizerProcess

logger = logging.getLogger(__name__)

POLL = 1.0  # seconds after which an idle slot looks for a job by itself
PAUSE = 1.0  # seconds after an unexpected error


class Slot(threading.Thread):
    """Takes one job after the other and has its own recognizing process read the pages."""

    def __init__(self, number: int, bell: Bell, config: ProcessConfig) -> None:
        super().__init__(name=f"slot-{number}", daemon=True)
        self.bell = bell
        self.process = RecognizerProcess(config)
        self.stopping = threading.Event()

    def run(self) -> None:
        self.process.start()
        while not self.stopping.is_set():
            try:
                if not self.work_once():
                    self.bell.wait(POLL)
            except Exception:
                # A database that is away, or a fault of ours: the worker lives on.
                logger.exception("%s", self.name)
                connection.close()
                self.stopping.wait(PAUSE)
        self.process.kill()
        connection.close()

    def work_once(self) -> bool:
        """Runs the next job; False if none waits."""
        close_old_connections()
        claim = claim_next()
        if claim is None:
            return False
        self.run_claim(claim)
        return True

    def run_claim(self, claim: Claim) -> None:
        self.process.watch = Heartbeat(claim)
        run(claim, self.process, self.stopping.is_set)
