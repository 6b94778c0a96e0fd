from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections, connection

from app.logs import about
from app.services.jobs.bell import Bell
from app.services.jobs.claim import Claim, claim_next
from app.services.jobs.heartbeat import Heartbeat
from app.services.jobs.run import run

from .previews import make_leftover_previews, make_previews
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
            make_leftover_previews(self.process)
            return False
        with about(job_id=str(claim.job.pk)):
            run_claim(claim, self.process, self.stopping.is_set)
        return True


def run_claim(
    claim: Claim, process: RecognizerProcess, stopping: Callable[[], bool] = lambda: False
) -> None:
    """Runs the job in the process and then makes pictures of its pages."""
    process.watch = Heartbeat(claim)
    try:
        done = run(claim, process, stopping)
    finally:
        process.watch = lambda: None
    if done and not stopping():
        make_previews(claim.job, claim.job.recognition_options, process)
