"""Requests while the database is locked, the disk full or the broker unreachable."""

from __future__ import annotations

import errno
from unittest import mock

from django.core.files.storage import default_storage
from django.db import OperationalError

from app.models import Job, Upload
from app.ocr.errors import OcrError
from app.tests.factories import image_file
from app.tests.services.jobs.base import QueueTestCase

LOCKED = OperationalError("database is locked")
FULL = OSError(errno.ENOSPC, "No space left on device")


class OutageTests(QueueTestCase):
    def post(self, outage: str, error: Exception):
        committing = self.captureOnCommitCallbacks(execute=True)
        with mock.patch(outage, side_effect=error), committing:
            data = {"image": image_file(), "async": "1", "engine": "tesseract"}
            return self.api(self.alice).post("/api/ocr/", data, format="multipart")

    def test_submitting_is_refused_with_503_and_nothing_is_half_accepted(self):
        outages = [
            ("app.models.Upload.save", LOCKED),
            ("app.models.Job.save", LOCKED),
            ("app.services.history.search.index", LOCKED),
            ("django.core.files.storage.FileSystemStorage._save", FULL),
            ("app.services.jobs.start.check", OcrError("unavailable", "The broker is away.")),
        ]
        for outage, error in outages:
            with self.subTest(outage):
                response = self.post(outage, error)
                self.assertEqual(response.status_code, 503, response.content)
                self.assertEqual(response.json()["code"], "unavailable")
                self.assertGreater(int(response["Retry-After"]), 0)
                self.assertEqual((Upload.objects.count(), Job.objects.count()), (0, 0))
        self.assertFalse(self.stored_files())

    def stored_files(self) -> list[str]:
        """Files in this test's media folder, after all work that waited for a commit."""
        found, folders = [], ["uploads"]
        for folder in folders:
            if default_storage.exists(folder):
                inner, names = default_storage.listdir(folder)
                folders += [f"{folder}/{name}" for name in inner]
                found += names
        return found

    def test_other_errors_are_not_called_an_outage(self):
        with self.assertRaises(ZeroDivisionError):
            self.post("app.services.submission.uploads.store_file", ZeroDivisionError())

    def test_a_fault_of_ours_is_told_to_programs_in_json(self):
        client = self.api(self.alice)
        client.raise_request_exception = False
        outage = "app.services.submission.uploads.store_file"
        with mock.patch(outage, side_effect=ZeroDivisionError):
            response = client.post("/api/ocr/", {"image": image_file()}, format="multipart")
        self.assertEqual((response.status_code, response.json()["code"]), (500, "server_error"))

    def test_pages_say_so_to_people(self):
        self.client.force_login(self.alice)
        with mock.patch("app.models.job.JobQuerySet.readable_by", side_effect=LOCKED):
            response = self.client.get("/history/")
        self.assertContains(response, "Back in a moment", status_code=503)
