from __future__ import annotations

import threading
from importlib import import_module
from unittest import mock

from app.services import jobs

from .base import QueueTestCase

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
