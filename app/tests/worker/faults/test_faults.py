"""No job is lost while real workers are repeatedly killed in the middle of their jobs."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import time
from contextlib import ExitStack

import pytest

from .stack import Stack, postgresql_server, redis_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc"),
]


@pytest.fixture
def start(tmp_path):
    """Creates the stack, and stops its workers whatever happens in the test."""
    with ExitStack() as stacks:

        def start(**variables: str) -> Stack:
            stack = Stack(tmp_path, **variables)
            stacks.callback(stack.stop)
            return stack

        yield start


@pytest.fixture
def postgresql():
    with postgresql_server() as url:
        yield url


def kill_while_they_work(stack: Stack, *, kills: int) -> None:
    for _ in range(2):
        stack.start_worker()
    time.sleep(3)  # until they have begun
    for _ in range(kills):
        stack.kill_something()
        time.sleep(0.4)


def assert_nothing_lost(report: dict, *, jobs: int) -> None:
    assert report["statuses"]["done"] == jobs, report
    assert report["texts"].pop("page 1") == jobs
    assert (report["pages"], report["files"]) == (jobs, sum(report["statuses"].values()))


def test_embedded_workers_on_sqlite_and_documents_that_kill_them(tmp_path, start):
    stack = start(DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3")
    stack.client("submit", "2", "segfault")
    stack.client("submit", "120", "slow")
    kill_while_they_work(stack, kills=10)
    report = stack.wait_until_ended()
    assert_nothing_lost(report, jobs=120)
    assert report["errors"] == {"engine_crashed": 2}


@pytest.mark.skipif(importlib.util.find_spec("psycopg") is None, reason="no psycopg")
def test_embedded_workers_on_postgresql(postgresql, start):
    stack = start(DATABASE_URL=postgresql)
    stack.client("submit", "60", "slow")
    kill_while_they_work(stack, kills=4)
    assert_nothing_lost(stack.wait_until_ended(), jobs=60)


@pytest.mark.skipif(
    importlib.util.find_spec("celery") is None or shutil.which("redis-server") is None,
    reason="no Celery or Redis",
)
def test_celery_workers_whose_broker_forgets_everything(tmp_path, postgresql, start):
    from redis import Redis

    with redis_server(tmp_path) as port:
        stack = start(
            DATABASE_URL=postgresql,
            JOB_DELIVERY="celery",
            CELERY_BROKER_URL=f"redis://127.0.0.1:{port}/0",
        )
        stack.client("submit", "120", "slow")
        kill_while_they_work(stack, kills=6)
        Redis(port=port).flushall()
        assert_nothing_lost(stack.wait_until_ended(), jobs=120)
        stack.stop()
