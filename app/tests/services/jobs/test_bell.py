from __future__ import annotations

import select
import threading
import time

import pytest

from app.models.ids import new_id
from app.services.jobs.wakeup import local

LONG = 30


@pytest.fixture(autouse=True)
def run_dir(settings, tmp_path_factory):
    settings.RUN_DIR = tmp_path_factory.mktemp("r")
    return settings.RUN_DIR


def waited(listener: local.Bell) -> float:
    started = time.monotonic()
    listener.wait(LONG)
    return time.monotonic() - started


def test_ring_before_the_wait_is_heard():
    job_id = new_id()
    with local.listening(local.job_bell(job_id)) as listener:
        local.ring(local.job_bell(job_id))
        assert waited(listener) < LONG


def test_ring_wakes_whoever_waits_already():
    with local.listening("queue") as listener:
        timer = threading.Timer(0.05, local.ring, ["queue"])
        timer.start()
        assert waited(listener) < LONG


def test_one_ring_wakes_one_of_those_who_wait():
    with local.listening("queue") as listener:
        waiting = [threading.Thread(target=listener.wait, args=[LONG], daemon=True) for _ in "ab"]
        for thread in waiting:
            thread.start()
        local.ring("queue")
        while all(thread.is_alive() for thread in waiting):
            time.sleep(0.01)
        for thread in waiting:
            thread.join(0.2)  # time enough for the other one, if the ring had woken it
        assert any(thread.is_alive() for thread in waiting)
        local.ring("queue")
        for thread in waiting:
            thread.join(LONG)
    assert not any(thread.is_alive() for thread in waiting)


def test_other_names_are_not_disturbed():
    with local.listening(local.job_bell(new_id())) as listener:
        local.ring(local.job_bell(new_id()))
        assert select.select([listener.socket], [], [], 0)[0] == []


def test_names_left_by_dead_processes_are_removed(run_dir):
    dead = local.Bell("queue")
    dead.socket.close()
    local.ring("queue")
    assert list((run_dir / "bell").iterdir()) == []


def test_full_bell_does_not_block_the_one_who_rings():
    with local.listening("queue"):
        for _ in range(2000):
            local.ring("queue")


def test_path_too_long_for_a_socket_is_polled_instead(settings, tmp_path):
    settings.RUN_DIR = tmp_path / ("long" * 30)
    with local.listening("queue") as listener:
        local.ring("queue")
        assert waited(listener) < LONG
