"""Clock changes while the site runs: no job is lost or waits for the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import time_machine

from app.models import Page, Status, Worker
from app.services.jobs.execution import outcome
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.execution.recovery import requeue_expired
from app.services.jobs.execution.run import run
from app.services.limits import rates
from app.services.operations.worker_heartbeats import WorkerHeartbeat
from app.tests.factories import PASSWORD
from app.tests.services.jobs.base import QueueTestCase, SpyReader


class ForwardTests(QueueTestCase):
    jump: ClassVar[timedelta] = timedelta(hours=3)

    def setUp(self) -> None:
        super().setUp()
        self.clock = self.enterContext(time_machine.travel("2026-05-05 12:00Z", tick=False))

    def set_clock(self) -> None:
        self.clock.shift(self.jump)

    def test_job_of_a_worker_that_died_is_taken_back_at_once(self) -> None:
        job = self.submit()
        claim_next()
        self.set_clock()
        self.assertEqual(requeue_expired(), 1)
        run(claim_next(), SpyReader())
        job.refresh_from_db()
        self.assertEqual((job.status, job.pages_done), (Status.DONE, 1))

    def test_page_that_was_being_read_is_stored_once(self) -> None:
        """Its lease looks lost, so another worker reads the page too."""

        def meanwhile(number: int) -> None:
            self.set_clock()
            requeue_expired()
            run(claim_next(), SpyReader())

        job = self.submit()
        run(claim_next(), SpyReader(meanwhile))
        job.refresh_from_db()
        self.assertEqual((job.status, job.text), (Status.DONE, "page 1"))
        self.assertEqual(Page.objects.filter(job=job).count(), 1)

    def test_worker_that_lives_keeps_its_job_when_it_renews_the_lease(self) -> None:
        self.submit()
        claim = claim_next()
        self.set_clock()
        claim.renew()
        self.assertEqual(requeue_expired(), 0)

    def test_pause_after_a_crash_ends(self) -> None:
        self.submit()
        outcome.record_crash(claim_next())
        self.assertIsNone(claim_next())
        self.set_clock()
        self.assertIsNotNone(claim_next())

    def test_worker_is_alive_after_its_next_beat(self) -> None:
        heartbeat = WorkerHeartbeat(slots=2)
        heartbeat()
        self.set_clock()
        heartbeat()
        self.assertEqual(Worker.objects.alive().count(), 1)

    def test_used_up_minute_is_over(self) -> None:
        self.assertFalse(self.used_up())
        self.assertTrue(self.used_up())
        self.set_clock()
        self.assertFalse(self.used_up())
        self.assertTrue(self.used_up())

    def used_up(self) -> bool:
        return rates.count_for(subject="alice", limit=1).exceeded

    def test_whoever_signs_in_then_gets_in(self) -> None:
        self.sign_in()
        self.set_clock()
        self.assertEqual(self.status(self.sign_in()), 200)

    def sign_in(self) -> dict[str, str]:
        body = {"username": "alice", "password": PASSWORD}
        pair = self.client.post("/api/token_obtain_pair/", body).json()
        return {"Authorization": f"Bearer {pair['access']}"}

    def status(self, headers: dict[str, str]) -> int:
        return self.client.get("/api/me/", headers=headers).status_code


class BackTests(ForwardTests):
    jump = timedelta(hours=-3)

    def test_tokens_from_the_future_wait_until_the_clock_is_right_again(self) -> None:
        token = self.sign_in()
        self.set_clock()
        self.assertEqual(self.status(token), 401)
        self.clock.shift(-self.jump)
        self.assertEqual(self.status(token), 200)
