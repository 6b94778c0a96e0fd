"""Wake-ups between processes of one machine."""

from __future__ import annotations

import select
import threading
import time

import pytest

from app.models.ids import new_id
from app.services.jobs.wakeup.notify import QUEUE, job_socket, notify
from app.services.jobs.wakeup.subscribe import WakeupSocket, subscribe

LONG = 30


@pytest.fixture(autouse=True)
def run_dir(settings, tmp_path_factory):
    settings.RUN_DIR = tmp_path_factory.mktemp("r")
    return settings.RUN_DIR


def waited(receiver: WakeupSocket) -> float:
    started = time.monotonic()
    receiver.wait(LONG)
    return time.monotonic() - started


def test_wakeup_before_the_wait_is_received():
    job_id = new_id()
    with subscribe(job_socket(job_id)) as receiver:
        notify(job_socket(job_id))
        assert waited(receiver) < LONG


def test_wakeup_reaches_a_process_that_waits_already():
    with subscribe(QUEUE) as receiver:
        timer = threading.Timer(0.05, notify, [QUEUE])
        timer.start()
        assert waited(receiver) < LONG


def test_one_wakeup_is_for_one_of_the_threads_that_wait():
    with subscribe(QUEUE) as receiver:
        waiting = [threading.Thread(target=receiver.wait, args=[LONG], daemon=True) for _ in "ab"]
        for thread in waiting:
            thread.start()
        notify(QUEUE)
        while all(thread.is_alive() for thread in waiting):
            time.sleep(0.01)
        for thread in waiting:
            thread.join(0.2)  # long enough for the other one, had the wake-up been for it too
        assert any(thread.is_alive() for thread in waiting)
        notify(QUEUE)
        for thread in waiting:
            thread.join(LONG)
    assert not any(thread.is_alive() for thread in waiting)


def test_other_names_are_not_disturbed():
    with subscribe(job_socket(new_id())) as receiver:
        notify(job_socket(new_id()))
        assert select.select([receiver.socket], [], [], 0)[0] == []


def test_sockets_left_by_dead_processes_are_removed(run_dir):
    dead = WakeupSocket(QUEUE)
    dead.socket.close()
    notify(QUEUE)
    assert list((run_dir / "wakeup").iterdir()) == []


def test_full_socket_does_not_block_the_sender():
    with subscribe(QUEUE):
        for _ in range(2000):
            notify(QUEUE)


def test_path_too_long_for_a_socket_is_polled_instead(settings, tmp_path):
    settings.RUN_DIR = tmp_path / ("long" * 30)
    with subscribe(QUEUE) as receiver:
        notify(QUEUE)
        assert waited(receiver) < LONG
