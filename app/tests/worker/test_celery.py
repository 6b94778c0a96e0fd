"""JOB_DELIVERY=celery: the thread that gets a message also does other work whose share is due."""

from __future__ import annotations

from unittest import mock

import pytest
from django.db.models import Q
from django.test import override_settings

from app.engines.base import EngineConfig
from app.models import Job, Priority, Status
from app.tests.services.jobs.base import QueueTestCase
from app.worker.process import ProcessConfig

pytest.importorskip("celery")

from app.services.jobs.wakeup import celery as broker
from app.worker import celery as worker
from app.worker.slot_work import Common


class CeleryTests(QueueTestCase):
    """One thread, and a clock on which each page takes a second."""

    def setUp(self):
        super().setUp()
        config = ProcessConfig(EngineConfig(), "app.tests.worker.hostile.LazyRecognizer", 60, 0)
        self.now = 0.0
        for patch in (
            mock.patch.object(worker, "process_config", return_value=config),
            mock.patch.object(worker, "_thread", mock.Mock(spec=[])),
            mock.patch.object(worker.Serving, "common", Common()),
            # The test's transaction is on this connection.
            mock.patch.object(worker, "close_old_connections"),
            mock.patch("app.worker.time_shares.monotonic", side_effect=lambda: self.now),
        ):
            self.enterContext(patch)
        work = worker._work()
        self.addCleanup(work.process.kill)
        recognize = work.process.recognize

        def slow(*args, **kwargs):
            self.now += 1
            return recognize(*args, **kwargs)

        self.enterContext(mock.patch.object(work.process, "recognize", slow))

    def people_come(self, count: int) -> None:
        for _ in range(count):
            job = self.submit(self.charlie, priority=Priority.INTERACTIVE)
            worker.run_job(str(job.pk))

    def test_batch_ends_while_people_keep_coming_and_each_of_them_is_served(self):
        letters = [self.submit(self.alice, priority=Priority.BATCH) for _ in range(4)]
        self.people_come(14)
        ended = Job.objects.filter(status=Status.DONE)
        self.assertEqual(ended.filter(pk__in=[job.pk for job in letters]).count(), 4)
        self.assertEqual(ended.filter(priority=Priority.INTERACTIVE).count(), 14)
        worker.run_job(str(letters[0].pk))  # its message finally arrives, and has no effect

    def test_pictures_have_their_share(self):
        document = self.submit(self.alice, pages=2)
        worker._work().run(worker.claim_job(document))
        self.submit(self.alice, priority=Priority.BATCH)  # waits, so that no thread is ever idle
        with mock.patch.dict(worker.Serving.common.shares._most_slots, {Priority.BATCH: 0}):
            self.people_come(18)
        document.refresh_from_db()
        self.assertTrue(document.previewed)

    def test_jobs_of_other_workers_are_left_to_them(self):
        with override_settings(CELERY_ENGINE_QUEUES={"large": "gpu"}):
            general, gpu = broker.served_by(broker.PRIORITY_QUEUES), broker.served_by(["gpu"])
            batches = broker.served_by(["ocr.batch"])
        letter = self.submit(self.alice, priority=Priority.BATCH)
        large = self.submit(self.alice, priority=Priority.BATCH)
        Job.objects.filter(pk=large.pk).update(engine="large")
        for served, jobs in (
            (general, {letter}),
            (gpu, {large}),
            (batches, {letter}),
            (Q(), {letter, large}),
        ):
            self.assertEqual(set(Job.objects.filter(served)), jobs)
        worker._work().common = Common(among=gpu)
        self.people_come(8)
        letter.refresh_from_db()
        self.assertEqual(letter.status, Status.QUEUED)
