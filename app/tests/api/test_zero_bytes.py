"""Zero bytes, which PostgreSQL refuses: a 4xx, never a 500. SQLite accepts most of them."""

from __future__ import annotations

import json
from base64 import b64encode
from unittest import mock

from django.db import DataError, transaction
from django.test import override_settings

from app.tests.base import SiteTestCase
from app.tests.factories import PASSWORD, image_file

LOGIN = "Basic " + b64encode(f"alice:{PASSWORD}".encode()).decode()
COOKIE = 'sessionid="abcdefgh\\000ijkl"'
NOBODY = "Basic " + b64encode(b"a\0b:secret").decode()


class ZeroByteTests(SiteTestCase):
    def test_in_addresses_and_headers(self):
        for path, headers in (
            ("/api/jobs/?visitor=a%00b", {}),
            ("/api/batches/?visitor=a%00b", {}),
            ("/api/history/?search=a%00b", {"Authorization": LOGIN}),
            ("/api/me/", {"Authorization": NOBODY}),
            ("/history/?search=a%00b", {}),
            ("/s/a%00b/", {}),
            ("/account/invitation/a%00b/", {}),
            ("/history/", {"Cookie": COOKIE}),
        ):
            with self.subTest(path, headers=headers), transaction.atomic():
                answer = self.client.get(path, headers=headers)
                self.assertLess(answer.status_code, 500)
                transaction.set_rollback(True)  # PostgreSQL refuses further statements in it

    @override_settings(COMPAT_OPEN_KEYS=True)
    def test_in_what_is_sent(self):
        options = json.dumps(
            {"languages": ["eng"], "configParams": {"tessedit_char_whitelist": "a\0"}}
        )
        for path, body in (
            ("/a%00b", {"image": image_file()}),
            ("/", {"api_key": "a\0b", "image": image_file()}),
            ("/image_label?key=a%00b", {}),
            ("/generate_api_key", {"user_id": "a\0b"}),
            ("/parse/image", {"apikey": "a\0b", "url": "x"}),
            ("/tesseract", {"options": options, "file": image_file()}),
            ("/file", {"whitelist": "a\0", "file": image_file()}),
            ("/account/login/", {"login": "a\0b", "password": "x"}),
        ):
            with self.subTest(path):
                self.assertLess(self.client.post(path, body).status_code, 500)

    def test_programs_and_people_are_told(self):
        quoting = DataError("NUL in 'a secret text'")
        with (
            mock.patch("app.models.job.JobQuerySet.visible_to", side_effect=quoting),
            mock.patch("app.models.job.JobQuerySet.readable_by", side_effect=quoting),
            self.assertNoLogs("app", "INFO"),
        ):
            program = self.api(self.alice).get("/api/history/")
            person = self.client.get("/history/")
        self.assertEqual((program.status_code, program.json()["code"]), (400, "parse_error"))
        self.assertContains(person, "The request was not understood", status_code=400)
