"""Runs of a claimed job, and everything that may go wrong during them."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

from django.core.files.storage import default_storage
from django.db import OperationalError
from django.test import override_settings
from django.utils import timezone

from app.models import Job, Status
from app.ocr.errors import EngineCrashed
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.ocr.result import Bbox, Block, Cell, Line, Page, Word
from app.services import jobs
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.execution.run import run

from .base import QueueTestCase, SpyReader


class TableReader(SpyReader):
    """The same two columns of numbers on each page."""

    def recognize(self, file: SourceFile, number: int, options: Options) -> Page:
        boxes = {
            (row, column): Bbox(
                100 + 400 * column, 100 + 50 * row, 200 + 400 * column, 130 + 50 * row
            )
            for row in range(6)
            for column in range(2)
        }
        cells = (
            Cell(row, column, (Line((Word(f"{row}{column}", box, 1.0),)),), box)
            for (row, column), box in boxes.items()
        )
        return Page(number, 1000, 1400, (Block.table(cells),))


class HeadReader(SpyReader):
    """Pages of prose below the same running head."""

    def recognize(self, file: SourceFile, number: int, options: Options) -> Page:
        text = ("boats came down the river", "doors opened early", "music was played")[number - 1]
        texts = ["Annual report", *[text] * 14]
        lines = [
            Line((Word(text, Bbox(100, 40 + 60 * at, 600, 60 + 60 * at), 1.0),))
            for at, text in enumerate(texts)
        ]
        return Page(number, 1000, 1400, (Block(tuple(lines)),))


class RunTests(QueueTestCase):
    def test_done_job_has_text_numbers_and_pages(self):
        job = self.submit(self.alice, pages=2)
        self.assertTrue(run(claim_next(), SpyReader()))
        job.refresh_from_db()
        self.assertEqual((job.status, job.text), (Status.DONE, "page 1\n\npage 2"))
        self.assertEqual((job.pages_done, job.pages_total, job.words, job.lines), (2, 2, 2, 2))
        self.assertEqual((job.letter_count, job.engine_used), (8, "hostile"))
        self.assertEqual((job.language_used, round(job.confidence, 3)), ("eng", 0.8))
        self.assertIn("page 2", job.search_text.text)
        self.assertIsNone(job.lease_token)
        self.assertGreaterEqual(job.finished_at, job.started_at)

    def test_table_that_goes_on_from_the_page_before_is_marked(self):
        job = self.submit(self.alice, pages=2)
        self.assertTrue(run(claim_next(), TableReader()))
        tables = [page.result.blocks[0] for page in job.pages.order_by("number")]
        self.assertEqual([table.continues for table in tables], [False, True])

    def test_head_that_later_pages_repeat_is_marked_on_stored_pages(self):
        job = self.submit(self.alice, pages=3)
        self.assertTrue(run(claim_next(), HeadReader()))
        job.refresh_from_db()
        for page in job.pages.all():
            self.assertEqual([each.kind for each in page.result.blocks], ["header", "text"])
            self.assertIn("Annual report\n\n", page.text)
        self.assertEqual((job.pages_done, job.text.count("Annual report\n\n")), (3, 3))

    def test_refusal_is_recorded_with_its_reason(self):
        job = self.submit(fault="refuse")
        self.assertFalse(run(claim_next(), SpyReader()))
        job.refresh_from_db()
        self.assertEqual((job.status, job.error_code), (Status.FAILED, "unreadable_image"))
        self.assertEqual(job.error_message, "Not a picture.")

    def test_fault_of_the_code_fails_the_job_and_is_logged(self):
        job = self.submit(fault="bug")
        with self.assertLogs("app.services.jobs.execution.run", "ERROR"):
            run(claim_next(), SpyReader())
        job.refresh_from_db()
        self.assertEqual((job.status, job.error_code), (Status.FAILED, "engine_failed"))

    def test_job_waits_for_an_unreachable_bucket(self):
        job = self.submit()
        transient = mock.patch(
            "app.services.jobs.execution.run.bucket_errors", return_value=(ConnectionError,)
        )
        unreachable = mock.patch(
            "app.services.jobs.execution.run.local_path", side_effect=ConnectionError("refused")
        )
        with unreachable, transient:
            self.assertFalse(run(claim_next(), SpyReader()))
        job.refresh_from_db()
        self.assertEqual((job.status, job.crashes, job.lost), (Status.QUEUED, 0, 0))
        self.assertIsNone(claim_next())
        Job.objects.update(run_after=timezone.now())
        run(claim_next(), SpyReader())
        job.refresh_from_db()
        self.assertEqual(job.status, Status.DONE)

    def test_missing_file_fails_the_job(self):
        job = self.submit()
        Path(job.upload.file.path).unlink()
        run(claim_next(), SpyReader())
        job.refresh_from_db()
        self.assertEqual(job.error_code, "not_found")

    def test_text_that_no_database_takes_is_replaced(self):
        job = self.submit(fault="bad text")
        run(claim_next(), SpyReader())
        job.refresh_from_db()
        self.assertEqual(job.text, "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}")
        self.assertEqual(job.pages.get().result.text, job.text)

    def test_password_is_erased_at_the_end(self):
        done = self.submit(password="secret")
        run(claim_next(), SpyReader())
        cancelled = jobs.cancel(job=self.submit(password="secret"))
        done.refresh_from_db()
        self.assertNotIn("password", done.options)
        self.assertNotIn("password", cancelled.options)


class CrashTests(QueueTestCase):
    def crash(self, number):
        raise EngineCrashed

    def test_third_crash_fails_the_job_and_the_others_go_on(self):
        bad = self.submit(self.alice)
        for crashes in (1, 2):
            run(claim_next(), SpyReader(self.crash))
            bad.refresh_from_db()
            self.assertEqual((bad.status, bad.crashes), (Status.QUEUED, crashes))
            self.assertGreater(bad.run_after, timezone.now())
            good = self.submit(self.alice)
            run(claim_next(), SpyReader())
            good.refresh_from_db()
            self.assertEqual(good.status, Status.DONE)
            Job.objects.filter(pk=bad.pk).update(run_after=None)
        run(claim_next(), SpyReader(self.crash))
        bad.refresh_from_db()
        self.assertEqual((bad.status, bad.error_code), (Status.FAILED, "engine_crashed"))

    def test_page_that_was_read_after_all_clears_the_suspicion(self):
        job = self.submit(pages=2)
        Job.objects.update(crashes=2, lost=2)
        run(claim_next(), SpyReader())
        job.refresh_from_db()
        self.assertEqual((job.status, job.crashes, job.lost), (Status.DONE, 0, 0))


class DatabaseOutageTests(QueueTestCase):
    @override_settings(LEASE_SECONDS=0)
    def test_database_that_stays_unreachable_is_not_hidden(self):
        from app.services.jobs.execution.run import retry_on_db_outage

        with mock.patch("app.services.jobs.execution.run.connection") as connection:
            connection.in_atomic_block = False
            with self.assertRaises(OperationalError):
                retry_on_db_outage(mock.Mock(side_effect=OperationalError))

    def test_result_is_written_when_the_database_is_back(self):
        from app.services.jobs.execution.run import retry_on_db_outage

        write = mock.Mock(side_effect=[OperationalError, OperationalError, "written"])
        with (
            mock.patch("app.services.jobs.execution.run.connection") as connection,
            mock.patch("time.sleep"),
        ):
            connection.in_atomic_block = False
            self.assertEqual(retry_on_db_outage(write), "written")


class InlineTests(QueueTestCase):
    def test_submitting_process_runs_the_job_itself(self):
        hostile = "app.tests.worker.hostile.HostileRecognizer"
        with override_settings(JOB_RUNNER="inline", RECOGNIZER=hostile):
            job = self.submit(pages=2)
        job = jobs.wait(job=job, seconds=0)
        self.assertEqual((job.status, job.pages_done), (Status.DONE, 2))
        self.assertTrue(default_storage.exists(job.upload.file.name))
