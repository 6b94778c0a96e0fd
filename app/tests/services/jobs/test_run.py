"""claim -> run -> finish, and everything that may go wrong in between."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from unittest import mock

from django.core.files.storage import default_storage
from django.db import OperationalError
from django.test import override_settings
from django.utils import timezone

from app.models import Job, Page, Priority, Status
from app.ocr.errors import EngineCrashed, OcrError
from app.services import jobs
from app.services.jobs import outcome
from app.services.jobs.claim import Claim, LeaseLost, claim_job, claim_next
from app.services.jobs.heartbeat import CancelRequested, Heartbeat
from app.services.jobs.reap import PATIENCE, reap
from app.services.jobs.run import run
from app.tests.worker.hostile import one_word_page

from .base import QueueTestCase, SpyReader


def let_lease_run_out(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_expires=timezone.now() - timedelta(seconds=1))


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

    def test_refusal_is_recorded_with_its_reason(self):
        job = self.submit(deed="refuse")
        self.assertFalse(run(claim_next(), SpyReader()))
        job.refresh_from_db()
        self.assertEqual((job.status, job.error_code), (Status.FAILED, "unreadable_image"))
        self.assertEqual(job.error_message, "Not a picture.")

    def test_fault_of_ours_fails_the_job_and_is_logged(self):
        job = self.submit(deed="bug")
        with self.assertLogs("app.services.jobs.run", "ERROR"):
            run(claim_next(), SpyReader())
        job.refresh_from_db()
        self.assertEqual((job.status, job.error_code), (Status.FAILED, "engine_failed"))

    def test_missing_file_fails_the_job(self):
        job = self.submit()
        Path(job.upload.file.path).unlink()
        run(claim_next(), SpyReader())
        job.refresh_from_db()
        self.assertEqual(job.error_code, "not_found")

    def test_text_that_no_database_takes_is_mended(self):
        job = self.submit(deed="bad text")
        run(claim_next(), SpyReader())
        job.refresh_from_db()
        self.assertEqual(job.text, "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}")
        self.assertEqual(job.pages.get().result.text, job.text)

    def test_password_is_forgotten_at_the_end(self):
        done = self.submit(password="secret")
        run(claim_next(), SpyReader())
        cancelled = jobs.cancel(job=self.submit(password="secret"))
        done.refresh_from_db()
        self.assertNotIn("password", done.options)
        self.assertNotIn("password", cancelled.options)


class LeaseTests(QueueTestCase):
    def test_only_one_worker_gets_a_job(self):
        job = self.submit()
        self.assertEqual(claim_next().job, job)
        self.assertIsNone(claim_next())
        self.assertIsNone(claim_job(job.pk))

    def test_frozen_worker_that_wakes_up_can_write_nothing(self):
        job = self.submit()
        frozen = claim_next()
        let_lease_run_out(job)
        self.assertEqual(reap(), 1)
        run(claim_next(), SpyReader())
        for write in (
            frozen.renew,
            lambda: outcome.store_page(frozen, one_word_page(1, "late")),
            lambda: outcome.step_aside(frozen, seconds=1),
        ):
            self.assertRaises(LeaseLost, write)
        outcome.failed(frozen, OcrError("engine_failed", "late"))
        job.refresh_from_db()
        self.assertEqual((job.status, job.text, job.lost), (Status.DONE, "page 1", 0))

    def test_job_of_a_dead_worker_goes_on_at_its_first_missing_page(self):
        def die(number):
            if number == 3:
                raise SystemExit

        job = self.submit(pages=4)
        with self.assertRaises(SystemExit):
            run(claim_next(), SpyReader(die))
        let_lease_run_out(job)
        reap()
        second = SpyReader()
        run(claim_next(), second)
        job.refresh_from_db()
        self.assertEqual(second.numbers, [3, 4])
        self.assertEqual(job.text, "page 1\n\npage 2\n\npage 3\n\npage 4")
        self.assertEqual((job.pages_done, Page.objects.count(), job.attempt), (4, 4, 2))

    def test_living_lease_is_not_reaped(self):
        self.submit()
        claim_next()
        self.assertEqual(reap(), 0)

    def test_job_that_loses_worker_after_worker_fails_in_the_end(self):
        job = self.submit()
        for _ in range(3 * PATIENCE):
            self.assertIsNotNone(claim_next())
            let_lease_run_out(job)
            reap()
        job.refresh_from_db()
        self.assertEqual((job.status, job.error_code), (Status.FAILED, "engine_crashed"))

    def test_cancelled_job_of_a_dead_worker_ends_cancelled(self):
        job = self.submit()
        claim_next()
        jobs.cancel(job=job)
        let_lease_run_out(job)
        reap()
        job.refresh_from_db()
        self.assertEqual(job.status, Status.CANCELLED)


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


class CancelTests(QueueTestCase):
    def test_queued_job_ends_at_once(self):
        job = jobs.cancel(job=self.submit())
        self.assertEqual((job.status, job.error_code), (Status.CANCELLED, "cancelled"))
        self.assertIsNone(claim_next())

    def test_running_job_is_stopped_by_its_heartbeat_and_keeps_its_pages(self):
        job = self.submit(pages=3)
        claim = claim_next()
        heartbeat = Heartbeat(claim)

        def cancelled_while_reading(number):
            if number == 2:
                jobs.cancel(job=job)
                heartbeat.checked -= 60
                heartbeat()

        run(claim, SpyReader(cancelled_while_reading))
        job.refresh_from_db()
        self.assertEqual((job.status, job.pages_done), (Status.CANCELLED, 1))

    def test_heartbeat_renews_the_lease_and_survives_a_database_that_is_away(self):
        job = self.submit()
        claim = claim_next()
        heartbeat = Heartbeat(claim)
        let_lease_run_out(job)
        heartbeat.checked = heartbeat.renewed = heartbeat.renewed - 20
        heartbeat()
        self.assertEqual(reap(), 0)
        with (
            mock.patch.object(Claim, "row", side_effect=OperationalError),
            mock.patch("app.services.jobs.heartbeat.connection"),
        ):
            heartbeat.checked -= 60
            heartbeat()
            heartbeat.checked -= 60
            heartbeat.renewed -= 60
            self.assertRaises(LeaseLost, heartbeat)

    def test_ended_job_stays_as_it_is(self):
        job = self.submit()
        run(claim_next(), SpyReader())
        self.assertEqual(jobs.cancel(job=job).status, Status.DONE)
        self.assertRaises(OcrError, jobs.retry, job=job)

    def test_retry_reads_only_what_is_missing(self):
        def cancelled(number):
            if number == 2:
                raise CancelRequested

        job = self.submit(pages=2)
        run(claim_next(), SpyReader(cancelled))
        jobs.retry(job=job)
        reader = SpyReader()
        run(claim_next(), reader)
        job.refresh_from_db()
        self.assertEqual((job.status, reader.numbers, job.error_code), (Status.DONE, [2], ""))


class SharingTests(QueueTestCase):
    def test_batch_gives_way_to_an_interactive_page_and_goes_on_later(self):
        document = self.submit(self.alice, pages=3, priority=Priority.BATCH)

        def somebody_comes(number):
            if number == 2:
                self.submit(self.alice, priority=Priority.INTERACTIVE)

        run(claim_next(), SpyReader(somebody_comes))
        document.refresh_from_db()
        self.assertEqual((document.status, document.pages_done), (Status.QUEUED, 2))
        run(claim_next(), SpyReader())
        reader = SpyReader()
        run(claim_next(), reader)
        document.refresh_from_db()
        self.assertEqual((document.status, reader.numbers), (Status.DONE, [3]))

    def test_long_document_gives_way_to_others_after_its_slice_of_time(self):
        document = self.submit(self.alice, pages=3)
        claim = claim_next()
        other = self.submit(self.charlie)
        with mock.patch("app.services.jobs.sharing.SLICE", timedelta(0)):
            run(claim, SpyReader())
        document.refresh_from_db()
        self.assertEqual((document.status, document.pages_done), (Status.QUEUED, 1))
        self.assertEqual(claim_next().job, other)

    def test_own_further_jobs_do_not_interrupt_a_document(self):
        document = self.submit(self.alice, pages=3)
        claim = claim_next()
        self.submit(self.alice)
        with mock.patch("app.services.jobs.sharing.SLICE", timedelta(0)):
            run(claim, SpyReader())
        document.refresh_from_db()
        self.assertEqual(document.status, Status.DONE)

    def test_stopping_worker_leaves_the_rest_to_others(self):
        document = self.submit(self.alice, pages=3)
        run(claim_next(), SpyReader(), stopping=lambda: True)
        document.refresh_from_db()
        self.assertEqual((document.status, document.pages_done), (Status.QUEUED, 1))


class PatienceTests(QueueTestCase):
    @override_settings(LEASE_SECONDS=0)
    def test_database_that_stays_away_is_not_hidden(self):
        from app.services.jobs.patience import patiently

        with mock.patch("app.services.jobs.patience.connection") as connection:
            connection.in_atomic_block = False
            with self.assertRaises(OperationalError):
                patiently(mock.Mock(side_effect=OperationalError))

    def test_result_is_written_when_the_database_is_back(self):
        from app.services.jobs.patience import patiently

        write = mock.Mock(side_effect=[OperationalError, OperationalError, "written"])
        with (
            mock.patch("app.services.jobs.patience.connection") as connection,
            mock.patch("time.sleep"),
        ):
            connection.in_atomic_block = False
            self.assertEqual(patiently(write), "written")


class InlineTests(QueueTestCase):
    def test_submitting_process_runs_the_job_itself(self):
        hostile = "app.tests.worker.hostile.HostileRecognizer"
        with override_settings(JOB_RUNNER="inline", RECOGNIZER=hostile):
            job = self.submit(pages=2)
        job = jobs.wait(job=job, seconds=0)
        self.assertEqual((job.status, job.pages_done), (Status.DONE, 2))
        self.assertTrue(default_storage.exists(job.upload.file.name))
