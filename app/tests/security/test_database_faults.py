"""SQLite locked by another program, or unable to grow: 503, nothing half-stored, then recovery."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from PIL import Image

from app.models import Job, Upload
from app.services.accounts import api_keys
from app.tests.factories import PASSWORD, encoded, make_job, make_user, text_png

from .upload_paths import UPLOAD_PATHS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="faults of SQLite"),
]
TIFF = encoded(Image.new("L", (60, 40), "white"), "TIFF")


@pytest.fixture(autouse=True)
def _quick(settings, tmp_path):
    settings.MEDIA_ROOT, settings.JOB_RUNNER = str(tmp_path), "inline"
    settings.RECOGNIZER = "app.tests.worker.hostile.HostileRecognizer"
    with connection.cursor() as cursor:
        [patience] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA busy_timeout = 10")
    cache.clear()
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {patience}")


@contextmanager
def locked_database() -> Iterator[None]:
    """Blocks all other writers; readers continue, as the journal is a write-ahead log."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def stored_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("way", UPLOAD_PATHS)
def test_every_way_in_says_so_and_keeps_nothing(way, tmp_path):
    token = api_keys.create(owner=make_user("alice"), name="k")[1]
    browser = Client(raise_request_exception=False)
    content = TIFF if way == "Google, file" else text_png()
    with locked_database():
        refused = UPLOAD_PATHS[way](browser, token, content)
    assert refused.status_code == 503
    assert int(refused["Retry-After"]) > 0
    assert (Upload.objects.count(), Job.objects.count()) == (0, 0)
    assert stored_files(tmp_path) == []
    assert UPLOAD_PATHS[way](browser, token, content).status_code < 400


def test_reading_goes_on_and_changes_wait():
    alice, browser = make_user("alice"), Client(raise_request_exception=False)
    browser.force_login(alice)
    job = make_job(alice, text="Still there")
    star, sign_in = f"/history/{job.pk}/star/", "/account/login/"
    body = {"login": "alice", "password": PASSWORD}
    with locked_database():
        assert "Still there" in browser.get(f"/history/{job.pk}/").content.decode()
        assert browser.get("/api/history/").json()["count"] == 1
        assert browser.post(star).status_code == 503
        # 429: callers whose requests cannot be counted are refused.
        refused = Client(raise_request_exception=False).post(sign_in, body)
        assert refused.status_code in {429, 503}
    assert browser.post(star).status_code == 302
    assert Client().post(sign_in, body).status_code == 302


def test_what_is_stored_after_the_view_is_no_fault_of_ours_either():
    """A visitor's first session is stored after the view, outside its error handling."""
    browser = Client(raise_request_exception=False)
    with locked_database():
        refused = browser.post("/visit/")
    assert refused.status_code == 503
    assert "Back in a moment" in refused.content.decode()
    assert browser.post("/visit/").status_code == 204


def test_database_that_cannot_grow_takes_what_has_room_and_refuses_the_rest(tmp_path):
    browser = Client(raise_request_exception=False)
    send = UPLOAD_PATHS["API, body"]
    set_page_limit(1)  # SQLite still uses the pages that it has
    accepted = 0
    while send(browser, "", text_png()).status_code == 200:
        accepted += 1
        assert accepted < 1000
    assert send(browser, "", text_png()).status_code == 503
    assert (Upload.objects.count(), Job.objects.count()) == (accepted, accepted)
    assert len(stored_files(tmp_path)) == accepted
    set_page_limit(2**30)
    assert send(browser, "", text_png()).status_code == 200


def set_page_limit(pages: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {pages}")
