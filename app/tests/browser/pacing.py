"""A worker whose pages the test releases one by one, so that nothing depends on the clock."""

from __future__ import annotations

import threading

from django.db import connection

from app.engines.base import EngineConfig
from app.ocr.errors import EngineCrashed
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.ocr.result import Page
from app.services.jobs.execution.lease import Claim, LeaseKeeper, claim_next
from app.services.jobs.execution.run import run
from app.tests.worker.hostile import HostileRecognizer

IDLE = 0.05  # seconds between searches for a job


class PacedWorker(threading.Thread):
    """PDFs have three pages and pictures one; each page says its number."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.pages = threading.Semaphore(0)
        self.stopping = threading.Event()

    def let_pages_through(self, count: int) -> None:
        self.pages.release(count)

    def run(self) -> None:
        while not self.stopping.is_set():
            claim = claim_next()
            if claim:
                run(claim, PacedReader(self, claim), self.stopping.is_set)
            else:
                self.stopping.wait(IDLE)
        connection.close()

    def stop(self) -> None:
        self.stopping.set()
        self.join()


class PacedReader(HostileRecognizer):
    """Notices a cancellation while it waits, as the worker does while its process reads."""

    def __init__(self, worker: PacedWorker, claim: Claim) -> None:
        super().__init__(EngineConfig())
        self.worker = worker
        self.lease_keeper = LeaseKeeper(claim)

    def page_numbers(self, file: SourceFile, options: Options) -> tuple[int, ...]:
        return (1, 2, 3) if file.media_type == "application/pdf" else (1,)

    def recognize(self, file: SourceFile, number: int, options: Options) -> Page:
        while not self._may_read():
            if self.worker.stopping.is_set():
                raise EngineCrashed("the test is over")
        return super().recognize(file, number, options)

    def _may_read(self) -> bool:
        """A cancelled job leaves the page to the next one."""
        allowed = self.worker.pages.acquire(timeout=IDLE)
        try:
            self.lease_keeper.checked = 0.0  # now, not twice a second
            self.lease_keeper()
        except BaseException:
            if allowed:
                self.worker.pages.release()
            raise
        return allowed
