"""Slots of a worker: threads that claim jobs and have a recognizing process read the pages."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections, connection

from app.logs import log_context
from app.services.jobs.execution.lease import Claim, LeaseKeeper, claim_next
from app.services.jobs.execution.run import run
from app.services.jobs.queue import runnable
from app.services.jobs.wakeup.subscribe import WakeupSocket
from app.services.operations.transient_errors import transient_errors

from .page_pool import PagePool
from .previews import make_leftover_previews, make_previews
from .process import ProcessConfig, RecognizerProcess

logger = logging.getLogger(__name__)

POLL = 1.0  # seconds after which an idle slot looks for a job without a wake-up
PAUSE = 1.0  # seconds after an unexpected error
# Seconds before previews are drawn: a program sends its next page as soon as it has the text.
QUIET = 0.3


class Slot(threading.Thread):
    """Runs one job after the other, with a recognizing process of its own."""

    def __init__(
        self, number: int, wakeup: WakeupSocket, pool: PagePool, config: ProcessConfig
    ) -> None:
        super().__init__(name=f"slot-{number}", daemon=True)
        self.wakeup = wakeup
        self.pool = pool
        self.process = RecognizerProcess(config)
        self.stopping = threading.Event()

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
                # A fault of the code, which must not end the worker.
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
            run_claim(claim, self.process, stopping, self.pool, self._let_others_first)
            return True
        if self.pool.help(self.process):
            return True
        make_leftover_previews(self.process)
        return False

    def _let_others_first(self) -> None:
        if not runnable().exists():
            self.wakeup.wait(QUIET)


def run_claim(
    claim: Claim,
    process: RecognizerProcess,
    stopping: Callable[[], bool] = lambda: False,
    pool: PagePool | None = None,
    before_previews: Callable[[], None] = lambda: None,
) -> None:
    """Runs the job in the process, then draws its previews. pool: where other slots may help."""
    with log_context(job_id=str(claim.job.pk)):
        with (pool or PagePool()).prefetcher(process, LeaseKeeper(claim)) as reader:
            done = run(claim, reader, stopping)
        if done and not stopping():
            before_previews()
            make_previews(claim.job, claim.job.recognition_options, process)
