"""Cancelling and retrying; the heartbeat of a worker."""

from __future__ import annotations

from unittest import mock

from django.db import OperationalError

from app.models import Status
from app.ocr.errors import OcrError
from app.services import jobs
from app.services.jobs.execution.expired_leases import reap
from app.services.jobs.execution.lease import Claim, LeaseLost, claim_next
from app.services.jobs.execution.lease_watch import CancelRequested, Heartbeat
from app.services.jobs.execution.run import run

from .base import QueueTestCase, SpyReader, let_lease_run_out


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
            mock.patch("app.services.jobs.execution.lease_watch.connection"),
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
