"""A full or read-only disk: 503 with Retry-After on every upload path, then recovery."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client, override_settings
from PIL import Image

from app.models import AuditEvent, Job, Upload
from app.ocr.errors import OcrError
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import encoded, make_job, text_png

from .upload_paths import UPLOAD_PATHS

FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)
TIFF = encoded(Image.new("L", (60, 40), "white"), "TIFF")
# These vendor APIs report each file's error in an answer of 200.
ERRORS_IN_BODY = ("OCR.space", "Google")
DELIVERY = "app.services.jobs.start.check"
STORAGE = "django.core.files.storage.FileSystemStorage._save"


@override_settings(RECOGNIZER="app.tests.worker.hostile.HostileRecognizer", SYNC_SECONDS=1)
class FaultTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.token = api_keys.create(owner=self.alice, name="k")[1]
        self.browser = Client(raise_request_exception=False)

    def send(self, way: str):
        content = TIFF if way == "Google, file" else text_png()
        return UPLOAD_PATHS[way](self.browser, self.token, content)

    def test_every_way_in_says_so_and_keeps_nothing(self) -> None:
        for way in UPLOAD_PATHS:
            for code in FAULTS:
                error = OSError(code, os.strerror(code))
                with self.subTest(f"{way} {error}"), mock.patch(STORAGE, side_effect=error):
                    response = self.send(way)
                    self.assertEqual(response.status_code, 503)
                    self.assertGreater(int(response["Retry-After"]), 0)
                    self.assertEqual((Upload.objects.count(), Job.objects.count()), (0, 0))

    def test_every_way_works_again_afterwards(self) -> None:
        for way in UPLOAD_PATHS:
            with self.subTest(way):
                with mock.patch(STORAGE, side_effect=OSError(errno.ENOSPC, "full")):
                    self.send(way)
                self.assertLess(self.send(way).status_code, 400)

    def test_every_way_says_when_to_come_again_while_the_broker_is_away(self) -> None:
        away = OcrError("unavailable", "New work cannot be taken in at the moment.")
        for way in UPLOAD_PATHS:
            with self.subTest(way), mock.patch(DELIVERY, side_effect=away):
                response = self.send(way)
                if way.startswith(ERRORS_IN_BODY):
                    self.assertContains(response, away.message)
                else:
                    self.assertEqual(response.status_code, 503)
                    self.assertGreater(int(response["Retry-After"]), 0)

    def test_staff_see_nothing_that_cannot_be_noted(self) -> None:
        job = make_job(self.alice, text="a secret")
        staff = self.api(self.bob)
        locked = OperationalError("database is locked")
        with mock.patch.object(AuditEvent.objects, "create", side_effect=locked):
            response = staff.get(f"/api/history/{job.pk}/")
        self.assertEqual(response.status_code, 503)
        self.assertNotIn("a secret", response.content.decode())

    def test_export_without_room_is_tried_again_later(self) -> None:
        job = make_job(self.alice)
        api = self.api(self.alice)
        address = f"/api/history/{job.pk}/export/txt/"
        with mock.patch(STORAGE, side_effect=OSError(errno.ENOSPC, "full")):
            self.assertEqual(api.get(address).status_code, 503)
        self.assertEqual(api.get(address).status_code, 200)


@pytest.fixture
def tiny_disk():
    """A file system of 16 kB, where this machine lets us mount one."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder]
        if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("needs the right to mount a file system")
        yield Path(folder)
        subprocess.run(["umount", folder], check=True)


@pytest.mark.django_db
def test_disk_that_is_really_full(tiny_disk, client, settings):
    settings.MEDIA_ROOT, settings.JOB_RUNNER = str(tiny_disk), "inline"
    settings.RECOGNIZER = "app.tests.worker.hostile.HostileRecognizer"
    filler = tiny_disk / "filler"
    with open(filler, "wb") as file:
        file.truncate(0)
        try:
            file.write(bytes(64_000))
            file.flush()
        except OSError as error:
            assert error.errno == errno.ENOSPC  # noqa: PT017
    send = UPLOAD_PATHS["API, body"]
    assert send(client, "", text_png()).status_code == 503
    assert not Upload.objects.exists()
    left = [path for path in tiny_disk.rglob("*") if path.is_file()]
    assert left == [filler], "half a file stayed behind"
    filler.unlink()
    assert send(client, "", text_png()).status_code == 200


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A separate read-only file system, which only root can mount."""
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", folder], check=True)


@pytest.mark.django_db
def test_media_folder_that_is_really_read_only(tiny_disk, client, settings):
    settings.MEDIA_ROOT, settings.JOB_RUNNER = str(tiny_disk), "inline"
    settings.RECOGNIZER = "app.tests.worker.hostile.HostileRecognizer"
    send = UPLOAD_PATHS["API, body"]
    with read_only(tiny_disk):
        assert send(client, "", text_png()).status_code == 503
        assert "media" in client.get("/health/ready").json()["failed"]
    assert not Upload.objects.exists()
    assert send(client, "", text_png()).status_code == 200
