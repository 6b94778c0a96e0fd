from __future__ import annotations

from django.core.files.storage import default_storage

from app.engines.base import EngineConfig
from app.models import Job
from app.services.history import entries
from app.services.history.previews import stored_name
from app.services.jobs.execution.lease import claim_next
from app.tests.services.jobs.base import QueueTestCase
from app.worker.previews import make_leftover_previews
from app.worker.process import ProcessConfig, RecognizerProcess
from app.worker.slot import run_claim

CONFIG = ProcessConfig(EngineConfig(), "app.tests.worker.hostile.HostileRecognizer", 30, 0)


class PreviewTests(QueueTestCase):
    def setUp(self):
        super().setUp()
        self.process = RecognizerProcess(CONFIG)
        self.addCleanup(self.process.kill)

    def picture(self, job: Job, number: int, size: str = "thumbnail") -> str:
        return stored_name(job.upload_id, number, 0, size)

    def test_pictures_are_there_after_the_job_and_go_with_it(self):
        job = self.submit(self.alice, pages=2)
        run_claim(claim_next(), self.process)
        job.refresh_from_db()
        self.assertTrue(job.previewed)
        names = [
            self.picture(job, number, size) for number in (1, 2) for size in ("page", "thumbnail")
        ]
        for name in names:
            self.assertTrue(default_storage.exists(name), name)
        with self.captureOnCommitCallbacks(execute=True):
            entries.delete(jobs=[job])
        self.assertFalse(any(default_storage.exists(name) for name in names))

    def test_waiting_recognition_comes_first_and_pictures_are_made_up_for(self):
        job = self.submit(self.alice)
        claim = claim_next()
        self.submit(self.charlie)
        run_claim(claim, self.process)
        self.assertFalse(default_storage.exists(self.picture(job, 1)))
        Job.objects.exclude(pk=job.pk).delete()
        make_leftover_previews(self.process)
        self.assertTrue(default_storage.exists(self.picture(job, 1)))

    def test_job_that_comes_before_the_pictures_is_read_first(self):
        job = self.submit(self.alice)
        run_claim(claim_next(), self.process, before_previews=lambda: self.submit(self.charlie))
        self.assertFalse(default_storage.exists(self.picture(job, 1)))

    def test_locked_document_is_drawn_while_its_password_is_known(self):
        job = self.submit(self.alice, password="secret")
        claim = claim_next()
        self.submit(self.charlie)
        run_claim(claim, self.process)
        self.assertTrue(default_storage.exists(self.picture(job, 1)))

    def test_page_that_cannot_be_drawn_is_not_tried_for_ever(self):
        job = self.submit(self.alice)
        claim = claim_next()
        self.process.config = ProcessConfig(
            EngineConfig(), "app.tests.worker.hostile.BlindRecognizer", 30, 0
        )
        run_claim(claim, self.process)
        job.refresh_from_db()
        self.assertEqual((job.status, job.previewed), ("done", True))
