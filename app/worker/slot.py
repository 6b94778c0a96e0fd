"""Slots of a worker: threads that claim jobs and have a recognizing process read the pages."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import close_old_connections, connection

from app.logs import log_context
from app.models import Priority
from app.services.jobs.execution.lease import Claim, LeaseKeeper, claim_next
from app.services.jobs.execution.run import run
from app.services.jobs.queue import PICTURES, runnable
from app.services.jobs.wakeup.subscribe import WakeupSocket
from app.services.operations.transient_errors import transient_errors
from app.services.operations.worker_heartbeats import Pace

from .page_pool import PagePool
from .previews import PreviewStore, has_leftover_previews, make_leftover_previews
from .process import ProcessConfig, RecognizerProcess
from .time_shares import TimeShares

logger = logging.getLogger(__name__)

POLL = 1.0  # seconds after which an idle slot looks for a job without a wake-up
PAUSE = 1.0  # seconds after an unexpected error


@dataclass(frozen=True, slots=True)
class Common:
    """The parts that all slots of one worker use."""

    pool: PagePool = field(default_factory=PagePool)
    shares: TimeShares = field(default_factory=TimeShares)
    pace: Pace = field(default_factory=Pace)


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
        """Does what is due by its share, then the next job, then what else there is to do.

        False if there is nothing.
        """
        close_old_connections()
        shares = self.common.shares
        for kind in shares.due():
            if self._work_on(kind):
                return True
            shares.has_none(kind)
        if claim := claim_next():
            self._run(claim)
            return True
        with shares.timed(Priority.INTERACTIVE):  # of the document that is read ahead
            if self.common.pool.help(self.process):
                return True
        return make_leftover_previews(self.process)

    def _work_on(self, kind: int) -> bool:
        """Does a piece of work that is due before more urgent work; False if there is none."""
        if kind == PICTURES:
            with self.common.shares.timed(kind, first=True):
                return make_leftover_previews(self.process)
        claim = claim_next(priority=kind)
        if claim:
            self._run(claim, first=True)
        return claim is not None

    def _run(self, claim: Claim, *, first: bool = False) -> None:
        started = time.monotonic()
        priority = claim.job.priority
        with self.common.shares.timed(priority, first=first) as charge:

            def give_way() -> bool:
                charge()
                return self._other_work_is_due(priority)

            run_claim(claim, self.process, self.stopping.is_set, self.common.pool, give_way)
        self.common.pace.add(priority, time.monotonic() - started)

    def _other_work_is_due(self, priority: int) -> bool:
        for kind in self.common.shares.due():
            if kind == priority:
                continue
            if _waits(kind):
                return True
            self.common.shares.has_none(kind)
        return False


def _waits(kind: int) -> bool:
    if kind == PICTURES:
        return has_leftover_previews()
    return runnable().filter(priority=kind).exists()


def run_claim(
    claim: Claim,
    process: RecognizerProcess,
    stopping: Callable[[], bool] = lambda: False,
    pool: PagePool | None = None,
    give_way: Callable[[], bool] = lambda: False,
) -> None:
    """Runs the job in the process and stores the pictures of its pages.

    pool: where other slots may help. give_way: as of run().
    """
    pictures = PreviewStore(claim.job)
    with (
        log_context(job_id=str(claim.job.pk)),
        (pool or PagePool()).prefetcher(process, LeaseKeeper(claim), pictures) as reader,
    ):
        run(claim, reader, stopping, give_way)
        reader.take_pictures()
        pictures.finish()
