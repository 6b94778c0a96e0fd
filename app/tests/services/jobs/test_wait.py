from __future__ import annotations

import threading
from importlib import import_module
from unittest import mock

from app.services import jobs

from .base import QueueTestCase

waiting = import_module("app.services.jobs.wait")  # the package has the function by this name


class SeatTests(QueueTestCase):
    def test_nobody_waits_where_enough_others_do(self):
        job = self.submit(self.alice)
        with (
            mock.patch.object(waiting, "_seats", threading.BoundedSemaphore(1)) as seats,
            mock.patch.object(waiting, "_wait") as wait,
        ):
            with seats:
                assert jobs.wait(job=job, seconds=60) == job
            wait.assert_not_called()
            jobs.wait(job=job, seconds=60)
            wait.assert_called_once()
            assert seats.acquire(blocking=False), "a seat was not given back"

    def test_a_seat_is_given_back_when_waiting_fails(self):
        job = self.submit(self.alice)
        with (
            mock.patch.object(waiting, "_seats", threading.BoundedSemaphore(1)) as seats,
            mock.patch.object(waiting, "_wait", side_effect=OSError),
        ):
            self.assertRaises(OSError, jobs.wait, job=job, seconds=60)
            assert seats.acquire(blocking=False)
