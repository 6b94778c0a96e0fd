"""A slot with a real recognizing process."""

from __future__ import annotations

from unittest import mock

from app.engines.base import EngineConfig
from app.models import Status
from app.services import jobs
from app.services.jobs.execution.lease import claim_next
from app.tests.services.jobs.base import QueueTestCase
from app.worker.process import ProcessConfig, RecognizerProcess
from app.worker.read_ahead import Board
from app.worker.slot import QUIET, Slot, run_claim


class SlotTests(QueueTestCase):
    def setUp(self):
        super().setUp()
        recognizer = "app.tests.worker.hostile.HostileRecognizer"
        self.config = ProcessConfig(EngineConfig(), recognizer, 60, 0)
        self.process = RecognizerProcess(self.config)
        self.addCleanup(self.process.kill)

    def run_next(self) -> None:
        run_claim(claim_next(), self.process)

    def test_job_is_read_by_the_process(self):
        job = self.submit(self.alice, pages=2)
        self.run_next()
        job.refresh_from_db()
        self.assertEqual((job.status, job.text), (Status.DONE, "page 1\n\npage 2"))

    def test_cancellation_stops_a_page_that_hangs_and_the_next_job_runs(self):
        hanging, next_job = self.submit(self.alice, deed="stubborn"), self.submit(self.alice)
        claim = claim_next()
        jobs.cancel(job=hanging)
        run_claim(claim, self.process)
        hanging.refresh_from_db()
        self.assertEqual(hanging.status, Status.CANCELLED)
        self.run_next()
        next_job.refresh_from_db()
        self.assertEqual(next_job.status, Status.DONE)

    def test_process_that_was_ended_by_its_worker_is_not_the_documents_fault(self):
        job = self.submit(self.alice, deed="exit")
        run_claim(claim_next(), self.process, stopping=lambda: True)
        job.refresh_from_db()
        self.assertEqual((job.status, job.crashes), (Status.QUEUED, 0))

    def test_waiting_jobs_are_taken_at_once_and_pictures_wait_for_more(self):
        class SilentBell:
            def wait(self, seconds: float) -> None:
                waited.append(seconds)

        waited: list[float] = []
        slot = Slot(1, SilentBell(), Board(), self.config)
        self.addCleanup(slot.process.kill)
        # The test's transaction is on this connection.
        self.enterContext(mock.patch("app.worker.slot.close_old_connections"))
        first, second = self.submit(self.alice), self.submit(self.alice)
        self.assertTrue(slot.work_once())
        self.assertEqual(waited, [])
        self.assertTrue(slot.work_once())
        self.assertEqual(waited, [QUIET])
        for job in (first, second):
            job.refresh_from_db()
            self.assertEqual(job.status, Status.DONE)
