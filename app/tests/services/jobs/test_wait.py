from __future__ import annotations

import threading
from importlib import import_module
from unittest import mock

from app.models import Job
from app.services import jobs
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.execution.run import run
from app.services.jobs.wakeup.subscribe import WakeupSocket

from .base import QueueTestCase, SpyReader

waiting = import_module("app.services.jobs.wait")  # the package has the function by this name


class WaitingPlaceTests(QueueTestCase):
    def test_returns_at_once_where_enough_others_wait(self):
        job, places = self.submit(self.alice), threading.BoundedSemaphore(1)
        with (
            mock.patch.object(waiting, "waiting_places", return_value=places),
            mock.patch.object(waiting, "_wait") as wait,
        ):
            with places:
                assert jobs.wait(job=job, seconds=60) == job
            wait.assert_not_called()
            jobs.wait(job=job, seconds=60)
            wait.assert_called_once()
            assert places.acquire(blocking=False), "a place was not given back"

    def test_a_place_is_given_back_when_waiting_fails(self):
        job, places = self.submit(self.alice), threading.BoundedSemaphore(1)
        with (
            mock.patch.object(waiting, "waiting_places", return_value=places),
            mock.patch.object(waiting, "_wait", side_effect=OSError),
        ):
            self.assertRaises(OSError, jobs.wait, job=job, seconds=60)
            assert places.acquire(blocking=False)


class RefreshTests(QueueTestCase):
    def waited(self, job: Job) -> Job:
        def work(socket: WakeupSocket, seconds: float) -> None:
            run(claim_next(), SpyReader())

        with mock.patch.object(WakeupSocket, "wait", work):
            return jobs.wait(job=job, seconds=60)

    def test_waiting_shows_all_that_a_worker_wrote(self):
        job = self.waited(self.submit(self.alice, password="secret"))
        stored = Job.objects.get(pk=job.pk)
        self.assertEqual((stored.status, stored.text), ("done", "page 1"))
        columns = [field.attname for field in Job._meta.concrete_fields]
        differing = {name for name in columns if getattr(job, name) != getattr(stored, name)}
        self.assertEqual(differing, set())

    def test_waiting_reads_no_column_that_was_left_out(self):
        job = Job.objects.for_state().get(pk=self.submit(self.alice).pk)
        self.assertTrue(self.waited(job).ended)
        self.assertIn("text", job.get_deferred_fields())
