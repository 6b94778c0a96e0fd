"""Order of the queue: urgent work first, then turns between owners, then arrival."""

from __future__ import annotations

from datetime import timedelta

from django.test import override_settings
from django.utils import timezone

from app.models import Job, Priority
from app.services import jobs
from app.services.jobs.execution.lease import claim_next

from .base import QueueTestCase


class QueueOrderTests(QueueTestCase):
    def claimed(self) -> list[str]:
        """The owners whose jobs got a worker, in order."""
        owners = []
        while claim := claim_next():
            owners.append(claim.job.owner.username if claim.job.owner else claim.job.visitor)
        return owners

    def test_one_senders_crowd_does_not_block_another(self):
        for _ in range(3):
            self.submit(self.alice)
        self.submit(self.charlie)
        self.submit(visitor="guest")
        self.submit(self.charlie)
        expected = ["alice", "charlie", "guest", "alice", "charlie", "alice"]
        self.assertEqual(self.claimed(), expected)

    def test_latecomer_starts_at_the_front_turn_and_not_before_it(self):
        for _ in range(4):
            self.submit(self.alice)
        claim_next(), claim_next()
        self.submit(self.charlie)
        self.submit(self.charlie)
        self.assertEqual(self.claimed(), ["alice", "charlie", "alice", "charlie"])

    def test_interactive_work_overtakes_batches(self):
        batch = self.submit(self.alice, priority=Priority.BATCH)
        page = self.submit(self.alice, priority=Priority.INTERACTIVE)
        self.assertEqual([claim_next().job, claim_next().job], [page, batch])

    @override_settings(OWNER_MAX_RUNNING=1)
    def test_cap_of_running_jobs_per_sender(self):
        self.submit(self.alice)
        self.submit(self.alice)
        self.submit(visitor="guest")
        self.assertEqual(self.claimed(), ["alice", "guest"])

    def test_pause_keeps_a_job_back_until_it_is_over(self):
        job = self.submit(self.alice)
        Job.objects.update(run_after=timezone.now() + timedelta(seconds=60))
        self.assertIsNone(claim_next())
        Job.objects.update(run_after=timezone.now() - timedelta(seconds=1))
        self.assertEqual(claim_next().job, job)

    def test_position_counts_the_jobs_ahead(self):
        first = self.submit(self.alice)
        second = self.submit(self.alice)
        other = self.submit(self.charlie)
        urgent = self.submit(self.charlie, priority=Priority.INTERACTIVE)
        places = [jobs.place(job).position for job in (urgent, first, other, second)]
        self.assertEqual(places, [1, 2, 3, 4])
        running = claim_next().job
        self.assertIsNone(jobs.place(running).position)
        self.assertEqual(jobs.place(second).position, 3)

    def test_claiming_costs_few_queries_however_long_the_queue_is(self):
        for _ in range(5):
            self.submit(self.alice)
        with self.assertNumQueries(2):  # candidate, update
            claim_next()
