"""Deletions by age wait after the clock was set forward."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import time_machine
from django.utils import timezone

from app.models import Job
from app.services.operations.retention import prune
from app.tests.base import SiteTestCase
from app.tests.factories import make_job
from app.worker import clock, periodic

DAY = 24 * 3600


class ClockTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.clock = self.enterContext(time_machine.travel("2026-05-05 12:00Z", tick=False))
        self.machine = self.enterContext(patch.object(clock, "_running", return_value=1000.0))
        self.calls: list[object] = []
        self.action = clock.PauseAfterClockJump(self.called)

    def called(self) -> None:
        self.calls.append(timezone.now())

    def passes(self, seconds: float) -> None:
        self.clock.shift(seconds)
        self.machine.return_value += seconds

    def set_clock(self, seconds: float) -> None:
        self.clock.shift(seconds)

    def runs(self) -> bool:
        before = len(self.calls)
        self.action()
        return len(self.calls) > before

    def test_time_that_passes_is_no_jump(self) -> None:
        for seconds in (0, 3600, 30 * DAY):
            self.passes(seconds)
            self.assertTrue(self.runs())

    def test_waits_a_day_after_a_jump(self) -> None:
        self.set_clock(3 * DAY)
        with self.assertLogs("app.worker.clock", "ERROR"):
            self.assertFalse(self.runs())
            self.passes(DAY - 1)
            self.assertFalse(self.runs())
            self.passes(1)
            self.assertTrue(self.runs())
        self.assertTrue(self.runs())

    def test_goes_on_when_the_clock_is_right_again(self) -> None:
        self.set_clock(3 * DAY)
        with self.assertLogs("app.worker.clock", "ERROR"):
            self.assertFalse(self.runs())
        self.set_clock(-3 * DAY)
        self.assertTrue(self.runs())

    def test_each_jump_is_given_a_day(self) -> None:
        with self.assertLogs("app.worker.clock", "ERROR"):
            for days in (1, 400):
                self.set_clock(days * DAY)
                self.assertFalse(self.runs())
                self.passes(DAY - 1)
                self.assertFalse(self.runs())
            self.passes(1)
            self.assertTrue(self.runs())

    def test_small_corrections_and_setting_back_are_no_reason(self) -> None:
        for seconds in (600, 600, -3 * DAY):
            self.set_clock(seconds)
            self.assertTrue(self.runs())

    def test_entries_live_through_a_day_with_a_wrong_clock(self) -> None:
        make_job(None, visitor="v" * 43)
        pruning = next(task for task in periodic.periodic_tasks() if task.name == "prune").action
        self.set_clock(timedelta(days=400).total_seconds())
        with self.assertLogs("app.worker.clock", "ERROR"):
            pruning()
        self.assertEqual(Job.objects.count(), 1)
        prune()  # run by hand, it obeys
        self.assertEqual(Job.objects.count(), 0)
