from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections, connection

from app.logs import about
from app.services.jobs.execution.lease import Claim, claim_next
from app.services.jobs.execution.lease_watch import Heartbeat
from app.services.jobs.execution.run import run
from app.services.jobs.queue import runnable
from app.services.jobs.wakeup.local import Bell

from .outages import OUTAGES
from .previews import make_leftover_previews, make_previews
from .process import ProcessConfig, RecognizerProcess
from .read_ahead import Board

logger = logging.getLogger(__name__)

POLL = 1.0  # seconds after which an idle slot looks for a job by itself
PAUSE = 1.0  # seconds after an unexpected error
# Seconds before pictures are drawn: a program sends its next page as soon as it has the text.
QUIET = 0.3


class Slot(threading.Thread):
    """Takes one job after the other and has its own recognizing process read the pages."""

    def __init__(self, number: int, bell: Bell, board: Board, config: ProcessConfig) -> None:
        super().__init__(name=f"slot-{number}", daemon=True)
        self.bell = bell
        self.board = board
        self.process = RecognizerProcess(config)
        self.stopping = threading.Event()

    def run(self) -> None:
        self.process.start()
        while not self.stopping.is_set():
            try:
                if not self.work_once():
                    self.bell.wait(POLL)
            except OUTAGES as error:
                logger.error("%s: %s", self.name, error)
                self._pause()
            except Exception:
                # A fault of ours: the worker lives on.
                logger.exception("%s", self.name)
                self._pause()
        self.process.kill()
        connection.close()

    def _pause(self) -> None:
        connection.close()
        self.stopping.wait(PAUSE)

    def work_once(self) -> bool:
        """Runs the next job, or helps with another slot's; False if there is nothing to read."""
        close_old_connections()
        claim = claim_next()
        if claim:
            stopping = self.stopping.is_set
            run_claim(claim, self.process, stopping, self.board, self._let_others_first)
            return True
        if self.board.help(self.process):
            return True
        make_leftover_previews(self.process)
        return False

    def _let_others_first(self) -> None:
        if not runnable().exists():
            self.bell.wait(QUIET)


def run_claim(
    claim: Claim,
    process: RecognizerProcess,
    stopping: Callable[[], bool] = lambda: False,
    board: Board | None = None,
    before_previews: Callable[[], None] = lambda: None,
) -> None:
    """Runs the job in the process and then makes pictures of its pages. board: has helpers."""
    with about(job_id=str(claim.job.pk)):
        with (board or Board()).reader(process, Heartbeat(claim)) as reader:
            done = run(claim, reader, stopping)
        if done and not stopping():
            before_previews()
            make_previews(claim.job, claim.job.recognition_options, process)
