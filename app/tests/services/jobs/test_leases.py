"""Leases: a worker that lost one cannot write, and jobs of dead workers are queued again."""

from __future__ import annotations

from app.models import Page, Status
from app.ocr.errors import OcrError
from app.services import jobs
from app.services.jobs.execution import outcome
from app.services.jobs.execution.lease import LeaseLost, claim_job, claim_next
from app.services.jobs.execution.recovery import LOST_FACTOR, requeue_expired
from app.services.jobs.execution.run import run
from app.tests.worker.hostile import one_word_page

from .base import QueueTestCase, SpyReader, let_lease_run_out


class LeaseTests(QueueTestCase):
    def test_only_one_worker_gets_a_job(self):
        job = self.submit()
        self.assertEqual(claim_next().job, job)
        self.assertIsNone(claim_next())
        self.assertIsNone(claim_job(job))

    def test_frozen_worker_that_wakes_up_can_write_nothing(self):
        job = self.submit()
        frozen = claim_next()
        let_lease_run_out(job)
        self.assertEqual(requeue_expired(), 1)
        run(claim_next(), SpyReader())
        for write in (
            frozen.renew,
            lambda: outcome.store_page(frozen, one_word_page(1, "late")),
            lambda: outcome.yield_to_others(frozen, seconds=1),
        ):
            self.assertRaises(LeaseLost, write)
        outcome.record_failed(frozen, OcrError("engine_failed", "late"))
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
        requeue_expired()
        second = SpyReader()
        run(claim_next(), second)
        job.refresh_from_db()
        self.assertEqual(second.numbers, [3, 4])
        self.assertEqual(job.text, "page 1\n\npage 2\n\npage 3\n\npage 4")
        self.assertEqual((job.pages_done, Page.objects.count(), job.attempt), (4, 4, 2))

    def test_valid_lease_is_not_requeued(self):
        self.submit()
        claim_next()
        self.assertEqual(requeue_expired(), 0)

    def test_job_that_loses_worker_after_worker_fails_in_the_end(self):
        job = self.submit()
        for _ in range(3 * LOST_FACTOR):
            self.assertIsNotNone(claim_next())
            let_lease_run_out(job)
            requeue_expired()
        job.refresh_from_db()
        self.assertEqual((job.status, job.error_code), (Status.FAILED, "engine_crashed"))

    def test_cancelled_job_of_a_dead_worker_ends_cancelled(self):
        job = self.submit()
        claim_next()
        jobs.cancel(job=job)
        let_lease_run_out(job)
        requeue_expired()
        job.refresh_from_db()
        self.assertEqual(job.status, Status.CANCELLED)
