"""Loading new code while people use the site: docs/operations.md, "Update without downtime"."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from app.tests.factories import text_png

from .site import Site

pytestmark = pytest.mark.stack

RELOAD_SECONDS = 300
# uWSGI's own process that takes connections has none of our code, and stays.
ROUTERS = {"serve": 1, "container": 0}


def pids(site: Site, part: str) -> set[int]:
    return {pid for pid, command in site.processes().items() if part in command}


def wait_until(condition) -> None:
    deadline = time.monotonic() + RELOAD_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "the site did not reload in time"
        time.sleep(0.1)


def upload(site: Site) -> httpx.Response:
    image = text_png("\n".join(f"Line {number} of a long page" for number in range(40)))
    return httpx.post(
        f"{site.url}/api/ocr/",
        files={"image": ("page.png", image)},
        # Short even for a slow machine: uWSGI waits for running requests, but not forever.
        data={"engine": "tesseract"},
        timeout=300,
    )


def test_every_process_is_replaced_and_no_request_is_lost(stopped_site: Site) -> None:
    site = stopped_site
    site.start(WEB_PROCESSES="2")
    master = site.process.pid
    web, worker = pids(site, "uwsgi") - {master}, pids(site, "manage.py worker")
    with ThreadPoolExecutor() as pool:
        in_flight = pool.submit(upload, site)
        while not in_flight.done() and not any(path.is_file() for path in site.media.rglob("*")):
            time.sleep(0.001)
        (site.folder / "run" / "reload").touch()
        statuses = set()

        def replaced() -> bool:
            statuses.add(httpx.get(f"{site.url}/health/live", timeout=300).status_code)
            new = pids(site, "manage.py worker") - worker
            return bool(new) and len(web & pids(site, "uwsgi")) == ROUTERS[site.mode]

        wait_until(replaced)
        answer = in_flight.result()
    assert answer.status_code == 200
    assert "Line 39" in answer.json()["text"]
    assert statuses == {200}
    assert site.process.poll() is None
