"""A real Chromium against Django's live server; jobs run in the request that submits them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app.tests.factories import encoded, text_png

from .pacing import PacedWorker

# Playwright's event loop runs in this thread, which Django would mistake for an async caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Milliseconds that a busy machine may need; waiting ends as soon as the condition holds.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Adds up, in window.shift, how far visible content moves by itself.
WATCH_SHIFTS = """() => {
  window.shift = 0;
  const add = (list) => { for (const { value } of list.getEntries()) window.shift += value; };
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
}"""

# The build without a user interface takes two thirds of the time.
PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome")


def chromium_program() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium_program()
    if program is None:
        pytest.skip("Chromium is not installed: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def site(live_server, settings, tmp_path) -> str:
    """The address of the running site."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.JOB_RUNNER = "inline"
    address: str = live_server.url
    return address


@pytest.fixture
def worker(site: str, settings) -> Iterator[PacedWorker]:
    """Recognizes uploads in the background, as fast as the test allows."""
    settings.JOB_RUNNER = "process"
    settings.SYNC_SECONDS = 2  # seconds that a request may outlive its test
    thread = PacedWorker()
    thread.start()
    yield thread
    thread.stop()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """An open tab; the test fails on an error in our scripts, or when the CSP blocks something."""
    context = browser.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda said: "Security Policy" in said.text and faults.append(said.text))
    yield tab
    context.close()
    assert faults == []


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "greeting.png"
    path.write_bytes(text_png("Hello world 2026"))
    return path


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    path.write_bytes(encoded(Image.new("RGB", (300, 200), "white"), "PDF"))
    return path
