"""Starting and stopping: one process tree, which leaves nothing behind but its data."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from contextlib import closing
from threading import Thread

import httpx
import pytest

from app.tests.factories import PASSWORD, text_png

from .site import Site

pytestmark = pytest.mark.stack

ALICE = {"username": "alice", "password": PASSWORD}


def is_running(site: Site, part: str) -> bool:
    return any(part in command for command in site.processes().values())


def worker_has_begun(site: Site) -> bool:
    """True once a job runs: one still waiting when the worker stops is left for later."""
    with closing(sqlite3.connect(site.folder / "db" / "onlineocr.sqlite3", timeout=60)) as database:
        return any(
            status != "queued" for [status] in database.execute("SELECT status FROM app_job")
        )


def test_stop_finishes_the_running_request_and_ends_every_process(stopped_site: Site) -> None:
    stopped_site.start()
    assert is_running(stopped_site, "manage.py worker")
    assert is_running(stopped_site, "nginx: worker") == (stopped_site.mode == "container")

    answers: list[httpx.Response] = []
    image = text_png("\n".join(f"Line {number} of a long page" for number in range(10)))

    def upload() -> None:
        url = f"{stopped_site.url}/api/ocr/"
        files, quick = {"image": ("page.png", image)}, {"engine": "tesseract"}
        answers.append(httpx.post(url, files=files, data=quick, timeout=300))

    sender = Thread(target=upload)
    sender.start()
    while sender.is_alive() and not worker_has_begun(stopped_site):
        time.sleep(0.001)
    assert stopped_site.stop(signal.SIGTERM) == 0
    sender.join()
    assert answers[0].status_code in {200, 202}
    assert stopped_site.wait_for_end() == {}
    assert list((stopped_site.folder / "run").glob("*.sock")) == []


@pytest.mark.parametrize("stopped_site", ["serve"], indirect=True)
def test_second_start_keeps_the_data_and_a_killed_one_leaves_no_orphan(stopped_site: Site) -> None:
    stopped_site.start()
    key = stopped_site.folder / "db" / "secret_key"
    secret = key.read_text()
    assert key.stat().st_mode & 0o777 == 0o600
    assert httpx.post(f"{stopped_site.url}/api/register/", json=ALICE, timeout=300).is_success
    assert stopped_site.stop(signal.SIGINT) == 0
    assert stopped_site.wait_for_end() == {}

    stopped_site.start()
    assert httpx.post(
        f"{stopped_site.url}/api/token_obtain_pair/", json=ALICE, timeout=300
    ).is_success
    assert key.read_text() == secret
    os.kill(stopped_site.process.pid, signal.SIGKILL)
    stopped_site.process.wait()
    assert stopped_site.wait_for_end() == {}
