"""Place in the queue and estimated time, with the shares of the workers' time."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

from django.test import override_settings
from django.utils import timezone

from app.models import Job, Priority, Worker
from app.models.ids import new_id
from app.services import jobs
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.place import _rounded
from app.services.operations.worker_heartbeats import Pace

from .base import QueueTestCase

INTERACTIVE, NORMAL, BATCH = Priority.INTERACTIVE, Priority.NORMAL, Priority.BATCH


class PlaceTests(QueueTestCase):
    def worker(self, *, slots: int = 1, **pace: float) -> None:
        """pace: seconds of each priority, by its name."""
        Worker.objects.create(
            id=new_id(),
            host="here",
            pid=1,
            slots=slots,
            pace={str(int(Priority[name.upper()])): each for name, each in pace.items()},
            seen_at=timezone.now(),
        )

    def crowd(self, count: int, priority: Priority) -> list[Job]:
        """One job for each of several visitors."""
        return [
            self.submit(visitor=f"visitor {priority} {number}", priority=priority)
            for number in range(count)
        ]

    def place(self, job: Job) -> tuple[int | None, int | None]:
        place = jobs.place(job)
        return place.position, place.seconds

    def test_time_is_unknown_before_any_worker_has_read_something(self):
        job = self.submit(self.alice)
        self.assertEqual(self.place(job), (1, None))
        self.worker()
        self.assertEqual(self.place(job), (1, None))

    def test_time_grows_with_the_files_ahead_and_shrinks_with_the_slots(self):
        self.worker(interactive=10)
        *_, last = self.crowd(4, INTERACTIVE)
        self.assertEqual(self.place(last), (4, 40))
        self.worker(slots=2, interactive=10)
        self.assertEqual(self.place(last), (4, 20))

    def test_file_that_is_being_read_is_half_done(self):
        self.worker(interactive=10)
        self.crowd(2, INTERACTIVE)
        running = claim_next().job
        [waiting] = Job.objects.exclude(pk=running.pk)
        self.assertEqual(self.place(waiting), (1, 15))

    def test_before_a_batch_are_as_many_urgent_files_as_its_share_lets_through(self):
        self.worker(interactive=1, batch=1)
        first, second, third = self.crowd(3, BATCH)
        self.crowd(100, INTERACTIVE)
        positions = [jobs.place(job).position for job in (first, second, third)]
        self.assertEqual(positions, [4, 8, 12])

    def test_short_urgent_files_are_weighed_by_their_time(self):
        self.worker(interactive=1, batch=2)
        [job] = self.crowd(1, BATCH)
        self.crowd(100, INTERACTIVE)
        self.assertEqual(jobs.place(job).position, 7)

    def test_batches_take_a_part_of_the_time_before_urgent_files(self):
        self.worker(interactive=1, batch=1)
        self.crowd(100, BATCH)
        *_, last = self.crowd(10, INTERACTIVE)
        self.assertEqual(jobs.place(last).position, 9 + 3 + 1)

    def test_workers_that_died_do_not_count(self):
        self.worker(interactive=10)
        Worker.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
        self.assertEqual(self.place(self.submit(self.alice)), (1, None))

    def test_running_document_is_estimated_by_its_pages(self):
        job = self.submit(self.alice)
        claim_next()
        began = timezone.now() - timedelta(seconds=20)
        Job.objects.update(pages_total=10, pages_done=4, started_at=began)
        job.refresh_from_db()
        self.assertEqual(self.place(job), (None, 30 + 5))  # a little more than 30, in fives

    def test_ended_job_has_no_place(self):
        job = jobs.cancel(job=self.submit(self.alice))
        self.assertEqual(self.place(job), (None, None))

    def test_place_costs_few_queries(self):
        self.worker(interactive=1)
        *_, last = self.crowd(5, INTERACTIVE)
        with self.assertNumQueries(5):  # workers, waiting of three priorities, running
            jobs.place(last)

    def test_place_is_counted_so_far_and_no_further(self):
        self.worker(interactive=1)
        first, *_, last = self.crowd(5, INTERACTIVE)
        with patch("app.services.jobs.place.MOST_COUNTED", 3):
            self.assertEqual([self.place(job)[0] for job in (first, last)], [1, 4])

    @override_settings(OWNER_MAX_RUNNING=1)
    def test_answer_of_the_api_has_both(self):
        self.worker(interactive=10)
        self.crowd(1, INTERACTIVE)
        job = self.submit(self.alice, priority=INTERACTIVE)
        answer = self.api(self.alice).get(f"/api/jobs/{job.pk}/").json()
        self.assertEqual((answer["queue_position"], answer["estimated_seconds"]), (2, 20))


def test_estimates_are_as_rough_as_they_are_honest():
    rounded = [_rounded(seconds) for seconds in (None, 0.0, 3.2, 41, 59.9, 61, 754, 12_345)]
    assert rounded == [None, 1, 4, 45, 60, 70, 760, 13_000]


def test_pace_follows_the_newest_jobs():
    pace = Pace()
    pace.add(0, 10)
    assert pace.to_json() == {"0": 10}
    pace.add(0, 20)
    assert pace.to_json() == {"0": 12}
