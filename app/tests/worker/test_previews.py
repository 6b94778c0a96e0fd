"""Pictures of pages: made during recognition if that is free, otherwise when due."""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from unittest import mock

from django.core.files.storage import default_storage

from app.engines.base import EngineConfig
from app.models import Job, Priority, Status
from app.ocr import result
from app.services import jobs
from app.services.history import entries, previews
from app.services.jobs.execution import outcome
from app.services.jobs.execution import run as execution
from app.services.jobs.execution.lease import Claim, claim_next
from app.services.jobs.execution.outcome import store_page
from app.services.stored_files import local_path
from app.tests.services.jobs.base import QueueTestCase
from app.worker.previews import make_leftover_previews
from app.worker.process import ProcessConfig, RecognizerProcess
from app.worker.slot_work import run_claim


def config(name: str) -> ProcessConfig:
    return ProcessConfig(EngineConfig(), f"app.tests.worker.hostile.{name}", 30, 0)


class PreviewTests(QueueTestCase):
    def setUp(self):
        super().setUp()
        self.process = RecognizerProcess(config("HostileRecognizer"))
        self.addCleanup(self.process.kill)

    def drawn(self, job: Job) -> list[int]:
        """Numbers of the pages that have all their pictures."""
        job.refresh_from_db()
        names = {
            page.number: previews.stored_names(job.upload_id, page.number, 0, 1)
            for page in job.pages.order_by("number")
        }
        return [number for number, each in names.items() if all(map(default_storage.exists, each))]

    def cancelled_after_a_page(self, job: Job, *, really: bool) -> AbstractContextManager[object]:
        def store(claim: Claim, page: result.Page) -> None:
            store_page(claim, page)
            if really:
                jobs.cancel(job=job)

        return mock.patch.object(outcome, "store_page", store)

    def test_pictures_are_there_after_the_job_and_go_with_it(self):
        job = self.submit(self.alice, pages=2)
        run_claim(claim_next(), self.process)
        self.assertEqual(self.drawn(job), [1, 2])
        self.assertTrue(job.previewed)
        names = previews.stored_names(job.upload_id, 1, 0, 1)
        with self.captureOnCommitCallbacks(execute=True):
            entries.delete(jobs=[job])
        self.assertFalse(any(map(default_storage.exists, names)))

    def test_pictures_are_drawn_when_the_text_is_stored_and_the_file_still_there(self):
        job, seen = self.submit(self.alice, pages=2), []
        draw, files = self.process.previews, []

        @contextmanager
        def counted_path(file):
            with local_path(file) as path:
                files.append(path)
                yield path
            files.pop()

        def previews(file, number, **arguments):
            job.refresh_from_db()
            seen.append((number, job.pages_done, job.status, files == [file.path]))
            return draw(file, number, **arguments)

        with (
            mock.patch.object(execution, "local_path", counted_path),
            mock.patch.object(self.process, "previews", previews),
        ):
            run_claim(claim_next(), self.process)
        self.assertEqual(seen, [(1, 1, "running", True), (2, 2, "done", True)])

    def test_busy_queue_keeps_no_picture_back(self):
        job = self.submit(self.alice, pages=2)
        claim = claim_next()
        for _ in range(3):
            self.submit(self.charlie, priority=Priority.INTERACTIVE)
        run_claim(claim, self.process)
        self.assertEqual((job.pages.count(), self.drawn(job)), (1, [1]))

    def test_pages_of_cancelled_and_failed_jobs_have_pictures(self):
        for fault, status in (("stubborn", Status.CANCELLED), ("refuse", Status.FAILED)):
            with self.subTest(status):
                self.process.kill()
                self.process.config = config("FailingRecognizer")
                job = self.submit(self.alice, pages=3, fault=fault)
                with self.cancelled_after_a_page(job, really=status == Status.CANCELLED):
                    run_claim(claim_next(), self.process)
                self.assertEqual(self.drawn(job), [1])
                self.assertEqual((job.status, job.previewed), (status, True))

    def test_pages_that_were_not_decoded_are_drawn_by_and_by(self):
        self.process.config = config("LazyRecognizer")
        job = self.submit(self.alice, pages=3)
        run_claim(claim_next(), self.process)
        self.assertEqual((self.drawn(job), job.previewed), ([1], False))
        self.submit(self.charlie)
        self.assertTrue(make_leftover_previews(self.process))
        self.assertEqual((self.drawn(job), job.previewed), ([1, 2], False))
        Job.objects.exclude(pk=job.pk).delete()
        self.assertTrue(make_leftover_previews(self.process))
        self.assertEqual((self.drawn(job), job.previewed), ([1, 2, 3], True))
        self.assertFalse(make_leftover_previews(self.process))

    def test_locked_document_is_drawn_while_its_password_is_known(self):
        self.process.config = config("LazyRecognizer")
        job = self.submit(self.alice, pages=2, password="secret")
        run_claim(claim_next(), self.process)
        self.assertEqual((self.drawn(job), job.previewed), ([1, 2], True))

    def test_page_that_cannot_be_drawn_is_not_tried_for_ever(self):
        self.process.config = config("BlindRecognizer")
        job = self.submit(self.alice)
        run_claim(claim_next(), self.process)
        job.refresh_from_db()
        self.assertEqual((job.status, job.previewed), (Status.DONE, False))
        make_leftover_previews(self.process)
        job.refresh_from_db()
        self.assertTrue(job.previewed)
        picture = previews.preview(job=job, number=1, picture=1)
        self.assertEqual((picture.stored_name, picture.due), ("", False))
