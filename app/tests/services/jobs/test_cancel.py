"""Cancellation and retry; renewal of the lease while a page is read."""

from __future__ import annotations

from unittest import mock

from django.db import OperationalError

from app.models import Status
from app.ocr.errors import OcrError
from app.services import jobs
from app.services.jobs.execution.lease import (
    CancelRequested,
    Claim,
    LeaseKeeper,
    LeaseLost,
    claim_next,
)
from app.services.jobs.execution.recovery import requeue_expired
from app.services.jobs.execution.run import run

from .base import QueueTestCase, SpyReader, let_lease_run_out


class CancelTests(QueueTestCase):
    def test_queued_job_ends_at_once(self):
        job = jobs.cancel(job=self.submit())
        self.assertEqual((job.status, job.error_code), (Status.CANCELLED, "cancelled"))
        self.assertIsNone(claim_next())

    def test_running_job_is_stopped_by_its_keeper_and_keeps_its_pages(self):
        job = self.submit(pages=3)
        claim = claim_next()
        keeper = LeaseKeeper(claim)

        def cancelled_while_reading(number):
            if number == 2:
                jobs.cancel(job=job)
                keeper.checked -= 60
                keeper()

        run(claim, SpyReader(cancelled_while_reading))
        job.refresh_from_db()
        self.assertEqual((job.status, job.pages_done), (Status.CANCELLED, 1))

    def test_keeper_renews_the_lease_and_survives_an_unreachable_database(self):
        job = self.submit()
        claim = claim_next()
        keeper = LeaseKeeper(claim)
        let_lease_run_out(job)
        keeper.checked = keeper.renewed = keeper.renewed - 20
        keeper()
        self.assertEqual(requeue_expired(), 0)
        with (
            mock.patch.object(Claim, "row", side_effect=OperationalError),
            mock.patch("app.services.jobs.execution.lease.connection"),
        ):
            keeper.checked -= 60
            keeper()
            keeper.checked -= 60
            keeper.renewed -= 60
            self.assertRaises(LeaseLost, keeper)

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
