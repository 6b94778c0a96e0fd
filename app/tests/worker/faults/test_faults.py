"""Nothing gets lost: real workers are killed in the middle of their jobs, again and again."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import time

import pytest

from .stack import Stack, postgresql_server, redis_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc"),
]
JOBS, KILLS = 200, 12


@pytest.fixture
def stop(request):
    stacks: list[Stack] = []
    yield stacks.append
    for stack in stacks:
        stack.stop()


def kill_while_they_work(stack: Stack) -> None:
    for _ in range(2):
        stack.start_worker()
    time.sleep(2)  # until they have begun
    for _ in range(KILLS):
        stack.kill_something()
        time.sleep(0.4)


def assert_nothing_lost(report: dict) -> None:
    assert report["statuses"] == {"done": JOBS}, report
    assert report["texts"] == {"page 1": JOBS}
    assert (report["pages"], report["files"]) == (JOBS, JOBS)


def test_embedded_workers_on_sqlite(tmp_path, stop):
    stack = Stack(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3")
    stop(stack)
    stack.client("submit", str(JOBS), "slow")
    kill_while_they_work(stack)
    assert_nothing_lost(stack.wait_until_ended())


def test_document_that_kills_its_process_fails_and_the_others_go_on(tmp_path, stop):
    stack = Stack(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3")
    stop(stack)
    stack.client("submit", "2", "segfault")
    stack.client("submit", "20", "")
    stack.start_worker()
    report = stack.wait_until_ended()
    assert report["statuses"] == {"done": 20, "failed": 2}
    assert report["errors"] == {"engine_crashed": 2}


@pytest.mark.skipif(importlib.util.find_spec("psycopg") is None, reason="no psycopg")
def test_embedded_workers_on_postgresql(tmp_path, stop):
    with postgresql_server() as url:
        stack = Stack(tmp_path, DATABASE_URL=url)
        stop(stack)
        stack.client("submit", str(JOBS), "slow")
        kill_while_they_work(stack)
        assert_nothing_lost(stack.wait_until_ended())
        stack.stop()


@pytest.mark.skipif(
    importlib.util.find_spec("celery") is None or shutil.which("redis-server") is None,
    reason="no Celery or Redis",
)
def test_celery_workers_whose_broker_forgets_everything(tmp_path, stop):
    from redis import Redis

    with postgresql_server() as url, redis_server(tmp_path) as port:
        stack = Stack(
            tmp_path,
            DATABASE_URL=url,
            JOB_DELIVERY="celery",
            CELERY_BROKER_URL=f"redis://127.0.0.1:{port}/0",
        )
        stop(stack)
        stack.client("submit", str(JOBS), "slow")
        kill_while_they_work(stack)
        Redis(port=port).flushall()
        assert_nothing_lost(stack.wait_until_ended())
        stack.stop()
