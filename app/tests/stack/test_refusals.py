"""Answers that nginx gives for the site: JSON for programs, a page for browsers."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

import httpx
import pytest

from app.tests.conftest import require_program

from .conftest import site_folder

pytestmark = pytest.mark.stack

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def nginx_alone() -> Iterator[str]:
    """The address of nginx without the site behind it, for one request a second."""
    program = require_program("nginx")
    with site_folder("container") as site:
        for name in ("run", "staticfiles", "media"):
            (site.folder / name).mkdir(exist_ok=True)
        conf = site.folder / "nginx.conf"
        slow = conf.read_text().replace("100r/s", "1r/s").replace("burst=400 nodelay", "")
        conf.write_text(slow)
        command = [str(program), "-p", f"{site.folder}/", "-c", "nginx.conf", "-e", "stderr"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            try:
                wait_for(site.url)
                yield site.url
            finally:
                process.terminate()


def wait_for(url: str) -> None:
    """Static files are not counted."""
    for _ in range(200):
        try:
            httpx.get(f"{url}/static/nothing")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx did not start")


def test_site_that_is_not_there(nginx_alone):
    answer = httpx.get(nginx_alone, headers=BROWSER)
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "text/html"
    assert "Back in a moment" in answer.text
    assert answer.headers["Retry-After"] == "5"


def test_too_many_requests(nginx_alone):
    answers = [httpx.get(f"{nginx_alone}/api/jobs/") for _ in range(2)]
    assert answers[0].json()["code"] == "unavailable"
    assert answers[1].status_code == 429
    assert answers[1].json()["code"] == "throttled"
    page = httpx.get(nginx_alone, headers=BROWSER)
    assert page.status_code == 429
    assert "Too many requests" in page.text
    assert httpx.get(f"{nginx_alone}/too-many.html", headers=BROWSER).status_code == 404
