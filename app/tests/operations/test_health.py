from __future__ import annotations

import logging
import threading
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test import TransactionTestCase, override_settings
from django.utils import timezone

from app.models import Worker
from app.models.worker import ALIVE
from app.services.operations.health import CHECKS, Check
from app.services.operations.health.checks import database
from app.services.operations.worker_heartbeats import WorkerHeartbeat


class ReadinessTests(TransactionTestCase):
    """Checks run in threads with connections of their own, so rows have to be committed."""

    def ready(self):
        for check in CHECKS:
            check.expire()
        with override_settings(JOB_RUNNER="process"):
            return self.client.get("/health/ready")

    def test_ready_with_a_worker(self):
        WorkerHeartbeat(slots=2)()
        response = self.ready()
        assert response.status_code == 200, response.content
        assert response.json() == {"status": "ok"}
        assert "no-store" in response["Cache-Control"]

    def test_not_ready_without_a_worker(self):
        response = self.ready()
        assert response.status_code == 503
        assert response.json() == {"status": "unavailable", "failed": ["queue"]}

    def test_a_stopped_worker_is_no_longer_counted(self):
        heartbeat = WorkerHeartbeat(slots=2)
        heartbeat()
        heartbeat.end()
        heartbeat()  # the periodic task may call it once more
        assert self.ready().json()["failed"] == ["queue"]

    def test_a_killed_worker_is_no_longer_counted_and_then_forgotten(self):
        heartbeat = WorkerHeartbeat(slots=2)
        heartbeat()
        Worker.objects.update(seen_at=timezone.now() - ALIVE - timedelta(seconds=1))
        assert self.ready().json()["failed"] == ["queue"]
        WorkerHeartbeat(slots=1)()
        assert [worker.slots for worker in Worker.objects.all()] == [1]

    def test_not_ready_when_nothing_can_be_stored(self):
        WorkerHeartbeat(slots=2)()
        with override_settings(MEDIA_ROOT="/proc/nowhere"):
            assert self.ready().json()["failed"] == ["media"]

    def test_not_ready_without_engine_data(self):
        WorkerHeartbeat(slots=2)()
        with mock.patch("app.services.operations.health.checks.engine_catalog", return_value=()):
            assert self.ready().json()["failed"] == ["engine"]

    def test_alive_whatever_fails(self):
        with override_settings(MEDIA_ROOT="/proc/nowhere"):
            assert self.client.get("/health/live").status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a fault of SQLite")
def test_database_whose_file_was_lost(tmp_path, monkeypatch):
    """SQLite creates an empty file in its place."""
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "empty.sqlite3"))
    assert not Check("database", database).passes()


def test_many_questions_at_once_are_one_run():
    runs = []
    check = Check("media", lambda: runs.append(1))
    assert [check.passes() for _ in range(50)] == [True] * 50
    assert len(runs) < 50
    before = len(runs)
    check.expire()
    assert check.passes()
    assert len(runs) == before + 1


def test_a_check_that_hangs_fails_and_is_not_started_twice():
    go_on, starts = threading.Event(), []

    def hang():
        starts.append(1)
        go_on.wait(30)

    check = Check("slow", hang, seconds=0.01)
    assert [check.passes(), check.passes()] == [False, False]
    assert len(starts) == 1
    go_on.set()
    check._thread.join(5)
    check.seconds = 30
    assert check.passes()


@pytest.mark.django_db(transaction=True)
def test_the_reason_of_a_failure_is_in_the_log_only(caplog):
    def fail():
        raise OSError("the disk is full")

    with caplog.at_level(logging.ERROR):
        assert not Check("media", fail).passes()
    assert "media: the disk is full" in caplog.text
