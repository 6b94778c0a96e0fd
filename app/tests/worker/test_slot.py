"""A slot with a real recognizing process."""

from __future__ import annotations

from unittest import mock

from app.engines.base import EngineConfig
from app.models import Job, Priority, Status
from app.services import jobs
from app.services.jobs.execution.lease import claim_next
from app.tests.services.jobs.base import QueueTestCase
from app.worker.process import ProcessConfig, RecognizerProcess
from app.worker.slot import Slot
from app.worker.slot_work import Common, run_claim


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
        hanging, next_job = self.submit(self.alice, fault="stubborn"), self.submit(self.alice)
        claim = claim_next()
        jobs.cancel(job=hanging)
        run_claim(claim, self.process)
        hanging.refresh_from_db()
        self.assertEqual(hanging.status, Status.CANCELLED)
        self.run_next()
        next_job.refresh_from_db()
        self.assertEqual(next_job.status, Status.DONE)

    def test_process_that_was_ended_by_its_worker_is_not_the_documents_fault(self):
        job = self.submit(self.alice, fault="exit")
        run_claim(claim_next(), self.process, stopping=lambda: True)
        job.refresh_from_db()
        self.assertEqual((job.status, job.crashes), (Status.QUEUED, 0))


class BusySlotTests(QueueTestCase):
    """One slot, and a clock on which each page takes a second."""

    def setUp(self):
        super().setUp()
        config = ProcessConfig(EngineConfig(), "app.tests.worker.hostile.LazyRecognizer", 60, 0)
        self.slot = Slot(1, mock.Mock(), Common(), config)
        self.addCleanup(self.slot.process.kill)
        # The test's transaction is on this connection.
        self.enterContext(mock.patch("app.worker.slot.close_old_connections"))
        self.now = 0.0
        self.enterContext(mock.patch("app.worker.time_shares.monotonic", side_effect=self.clock))
        recognize = self.slot.process.recognize

        def slow(*args, **kwargs):
            self.now += 1
            return recognize(*args, **kwargs)

        self.enterContext(mock.patch.object(self.slot.process, "recognize", slow))

    def clock(self) -> float:
        return self.now

    def test_batch_ends_while_people_keep_coming(self):
        letters = [self.submit(self.alice, priority=Priority.BATCH) for _ in range(4)]
        for _ in range(18):
            self.submit(self.charlie, priority=Priority.INTERACTIVE)
            self.assertTrue(self.slot.work_once())
        ended = Job.objects.filter(pk__in=[job.pk for job in letters], status=Status.DONE)
        self.assertEqual(ended.count(), 4)
        waiting = Job.objects.filter(status=Status.QUEUED, priority=Priority.INTERACTIVE)
        self.assertEqual(waiting.count(), 4)  # no more than the batch took

    def test_long_document_gives_way_to_a_batch_whose_share_is_due(self):
        document = self.submit(self.alice, pages=9, priority=Priority.INTERACTIVE)
        letter = self.submit(self.alice, priority=Priority.BATCH)
        self.slot.work_once()
        document.refresh_from_db()
        self.assertEqual((document.status, document.pages_done), (Status.QUEUED, 4))
        self.slot.work_once()
        letter.refresh_from_db()
        self.assertEqual(letter.status, Status.DONE)
        self.slot.work_once()
        document.refresh_from_db()
        self.assertEqual(document.status, Status.DONE)

    def test_leftover_pictures_are_drawn_while_people_keep_coming(self):
        document = self.submit(self.alice, pages=2)
        for _ in range(18):
            self.submit(self.charlie, priority=Priority.INTERACTIVE)
            self.slot.work_once()
        document.refresh_from_db()
        self.assertEqual((document.status, document.previewed), (Status.DONE, True))

    def test_idle_slot_draws_leftover_pictures_and_then_rests(self):
        document = self.submit(self.alice, pages=2)
        self.assertEqual([self.slot.work_once() for _ in range(3)], [True, True, False])
        document.refresh_from_db()
        self.assertTrue(document.previewed)
        self.assertIn(str(Priority.NORMAL), self.slot.common.pace.to_json())
