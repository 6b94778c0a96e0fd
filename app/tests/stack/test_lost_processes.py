"""Whichever process dies, every accepted job finishes, and each of its pages is stored once."""

from __future__ import annotations

import io
import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from PIL import Image

from app.tests.factories import PASSWORD, text_png

from .site import Site

pytestmark = [pytest.mark.stack, pytest.mark.parametrize("stopped_site", ["serve"], indirect=True)]

ALICE = {"username": "alice", "password": PASSWORD}
PAGES = 10
SHORT_LEASES = {"DJANGO_SETTINGS_MODULE": "app.tests.stack.settings"}
LONG = 300  # seconds


@pytest.fixture
def alice(stopped_site: Site) -> Iterator[httpx.Client]:
    """A client with a token, of a site that has just been started."""
    stopped_site.start(**SHORT_LEASES)
    with httpx.Client(base_url=stopped_site.url, timeout=LONG) as client:
        client.post("/api/register/", json=ALICE).raise_for_status()
        pair = client.post("/api/token_obtain_pair/", json=ALICE).json()
        client.headers["Authorization"] = f"Bearer {pair['access']}"
        yield client


def document(pages: int) -> bytes:
    images = [Image.open(io.BytesIO(text_png(f"Page {n} of many"))) for n in range(1, pages + 1)]
    stream = io.BytesIO()
    images[0].convert("RGB").save(stream, "PDF", save_all=True, append_images=images[1:])
    return stream.getvalue()


def submit(client: httpx.Client, pages: int) -> str:
    """The address of an accepted job."""
    file = {"image": (f"{pages}.pdf", document(pages))}
    answer = client.post("/api/ocr/", files=file, data={"async": "true", "cache": "false"})
    assert answer.status_code == 202, answer.text
    return str(answer.headers["Location"])


def jobs_when(client: httpx.Client, condition: Callable[[list[Any]], bool]) -> list[Any]:
    """All jobs, as soon as they meet the condition; survives a restart of the site."""
    deadline = time.monotonic() + LONG
    jobs: list[Any] = []
    while time.monotonic() < deadline:
        try:
            jobs = client.get("/api/jobs/").json()["results"]
        except httpx.TransportError:
            jobs = []
        if jobs and condition(jobs):
            return jobs
        time.sleep(0.05)
    raise AssertionError(jobs)


def all_ended(jobs: list[Any]) -> bool:
    return not {job["status"] for job in jobs} & {"queued", "running"}


def in_the_middle(jobs: list[Any]) -> bool:
    """One job waits; another runs and has some of its pages read."""
    running = [job for job in jobs if job["status"] == "running" and job["pages_done"]]
    return bool(running) and any(job["status"] == "queued" for job in jobs)


def assert_whole(client: httpx.Client, job: str, pages: int) -> None:
    result = client.get(f"{job}result/").json()
    assert [page["number"] for page in result["pages"]] == list(range(1, pages + 1))
    assert all("of many" in page["text"] for page in result["pages"])


def test_web_process_is_killed_right_after_its_202(alice: httpx.Client, stopped_site: Site) -> None:
    """uWSGI's master starts another one; the worker does not notice."""
    job = submit(alice, pages=2)
    master = stopped_site.process.pid
    web = [pid for pid, command in stopped_site.processes().items() if command.startswith("uwsgi")]
    assert len(web) > 1
    for pid in web:
        if pid != master:
            os.kill(pid, signal.SIGKILL)
    [ended] = jobs_when(alice, all_ended)
    assert ended["status"] == "done"
    assert_whole(alice, job, pages=2)


def test_machine_is_switched_off_with_jobs_running_and_waiting(
    alice: httpx.Client, stopped_site: Site
) -> None:
    long, *short = [submit(alice, pages) for pages in (PAGES, 1, 1)]
    jobs_when(alice, in_the_middle)
    stopped_site.kill_what_is_left()
    stopped_site.process.wait()
    assert stopped_site.wait_for_end() == {}

    stopped_site.start(**SHORT_LEASES)
    jobs = jobs_when(alice, all_ended)
    assert [job["status"] for job in jobs] == ["done"] * 3
    assert [job["pages_done"] for job in jobs] == [1, 1, PAGES]
    assert_whole(alice, long, PAGES)
    for job in short:
        assert_whole(alice, job, 1)
