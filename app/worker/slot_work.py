"""Work of one slot: the next job, or work that is due by its share of the time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Q

from app.logs import log_context
from app.services.jobs.execution.lease import Claim, LeaseKeeper, claim_next
from app.services.jobs.execution.run import run
from app.services.jobs.queue import PICTURES, runnable
from app.services.operations.worker_heartbeats import Pace

from .page_pool import PagePool
from .previews import PreviewStore, has_leftover_previews, make_leftover_previews
from .process import RecognizerProcess
from .time_shares import TimeShares


@dataclass(frozen=True, slots=True)
class Common:
    """The parts that all slots of one worker share. among: the jobs that this worker may run."""

    pool: PagePool = field(default_factory=PagePool)
    shares: TimeShares = field(default_factory=TimeShares)
    pace: Pace = field(default_factory=Pace)
    among: Q = field(default_factory=Q)


class SlotWork:
    """Jobs and pictures, one after the other, in one recognizing process."""

    def __init__(
        self, process: RecognizerProcess, common: Common, stopping: Callable[[], bool]
    ) -> None:
        self.process = process
        self.common = common
        self.stopping = stopping

    def do_due(self) -> bool:
        """Does a piece of less urgent work that is due by its share of the time; False if none
        is."""
        shares = self.common.shares
        for kind in shares.due():
            if self._do_kind(kind):
                return True
            shares.has_none(kind)
        return False

    def run(self, claim: Claim, *, first: bool = False) -> None:
        """Runs a job, which yields between two pages to work that is due."""
        started = time.monotonic()
        priority = claim.job.priority
        with self.common.shares.timed(priority, first=first) as charge:

            def give_way() -> bool:
                charge()
                return self._other_work_is_due(priority)

            run_claim(claim, self.process, self.stopping, self.common.pool, give_way)
        self.common.pace.add(priority, time.monotonic() - started)

    def _do_kind(self, kind: int) -> bool:
        if kind == PICTURES:
            with self.common.shares.timed(kind, first=True):
                return make_leftover_previews(self.process)
        claim = claim_next(priority=kind, among=self.common.among)
        if claim:
            self.run(claim, first=True)
        return claim is not None

    def _other_work_is_due(self, priority: int) -> bool:
        for kind in self.common.shares.due():
            if kind == priority:
                continue
            if self._waits(kind):
                return True
            self.common.shares.has_none(kind)
        return False

    def _waits(self, kind: int) -> bool:
        if kind == PICTURES:
            return has_leftover_previews()
        return runnable().filter(self.common.among, priority=kind).exists()


def run_claim(
    claim: Claim,
    process: RecognizerProcess,
    stopping: Callable[[], bool] = lambda: False,
    pool: PagePool | None = None,
    give_way: Callable[[], bool] = lambda: False,
) -> None:
    """Runs the job in the process and stores the pictures of its pages.

    pool: through which other slots may help. give_way: as for run().
    """
    pictures = PreviewStore(claim.job)
    with (
        log_context(job_id=str(claim.job.pk)),
        (pool or PagePool()).prefetcher(process, LeaseKeeper(claim), pictures) as reader,
    ):
        run(claim, reader, stopping, give_way, afterwards=reader.take_pictures)
        reader.take_pictures()  # of the last page of a job that is not done
        pictures.finish()
