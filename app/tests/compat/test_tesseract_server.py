"""tesseract-server: the requests of its README."""

from __future__ import annotations

import json
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from app.tests.base import SiteTestCase
from app.tests.factories import image_file

from .pictures import LINES, page_file, page_png

URL = "/tesseract"


class TesseractServerTests(SiteTestCase):
    def send(self, file=None, **options):
        fields = {
            "file": file or page_file(),
            "options": json.dumps({"languages": ["eng"], **options}),
        }
        return self.client.post(URL, fields)

    def test_text(self):
        answer = self.send(dpi=300, pageSegmentationMethod=6, ocrEngineMode=1)
        data = answer.json()["data"]
        self.assertEqual(data["exit"], {"code": 0, "signal": None})
        self.assertEqual((data["stdout"], data["stderr"]), (LINES + "\n\f", ""))

    def test_options_as_a_part_with_its_own_content_type(self):
        options = SimpleUploadedFile("options.json", b'{"languages":["eng"]}', "application/json")
        answer = self.client.post(URL, {"file": page_file(), "options": options})
        self.assertEqual(answer.json()["data"]["stdout"], LINES + "\n\f")

    def test_other_outputs(self):
        for param, sign in [
            ("tessedit_create_hocr", "ocr_page"),
            ("tessedit_create_tsv", "level\tpage_num"),
            ("tessedit_create_alto", "<alto"),
        ]:
            answer = self.send(configParams={param: "1", "hocr_font_info": "1"})
            self.assertIn(sign, answer.json()["data"]["stdout"])

    def test_whitelist(self):
        digits = self.send(configParams={"tessedit_char_whitelist": "0123456789"})
        self.assertNotRegex(digits.json()["data"]["stdout"], "[a-zA-Z]")

    def test_what_is_refused(self):
        for options in (
            {"languages": []},
            {"languages": "eng"},
            {"surprise": 1},
            {"tessDataDir": "/etc"},
            {"userWordsFile": "/etc/passwd"},
            {"configParams": {"user_words_file": "/etc/passwd"}},
            {"configParams": 5},
            {"pageSegmentationMethod": 99},
            {"dpi": "x"},
            {"dpi": "9" * 5000},
        ):
            with self.subTest(options=options):
                answer = self.send(**options)
                self.assertEqual(answer.status_code, 400)
                self.assertEqual(answer.json()["error"], "Request input validation failed")
        for fields in (
            {"file": page_file()},
            {"options": "{"},
            {"file": page_file(), "options": "{"},
        ):
            self.assertEqual(self.client.post(URL, fields).status_code, 400)
        empty = self.send(image_file("empty.png", b""))
        self.assertEqual(empty.json()["reason"], "Error: No or empty file provided")

    def test_tesseracts_own_failures_are_an_exit_code(self):
        for answer in (
            self.send(languages=["xyz"]),
            self.send(image_file("x.png", page_png()[:300])),
        ):
            self.assertEqual(answer.status_code, 200)
            data = answer.json()["data"]
            self.assertEqual((data["exit"]["code"], data["stdout"]), (1, ""))
            self.assertTrue(data["stderr"])

    def test_status_serves_two_contracts(self):
        both = self.client.get("/status").json()
        self.assertEqual(both["message"], "Hello!")
        self.assertIn("eng", both["tesseract"]["languages"])
        self.assertEqual(list(both["data"]), ["version", "commit", "host", "processor"])
        with override_settings(COMPAT_OCRSERVER=False):
            self.assertEqual(list(self.client.get("/status").json()), ["data"])
            with override_settings(COMPAT_TESSERACT_SERVER=False):
                self.assertEqual(self.client.get("/status").status_code, 404)

    def test_version_is_told_however_tesseract_is_called(self):
        for backend, version in (("tesserocr", "5."), ("program", "5."), ("", "")):
            with (
                self.subTest(backend),
                mock.patch("app.compat.status.installed_backend", return_value=backend),
            ):
                told = self.client.get("/status").json()["tesseract"]["version"]
                self.assertEqual(told[:2], version)

    def test_health(self):
        for kind in ("healthy", "live", "ready"):
            self.assertEqual(self.client.get(f"/.well-known/health/{kind}").status_code, 200)
