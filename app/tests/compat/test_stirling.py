"""Stirling-PDF: its form, as scripts send it with curl."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from app.services.accounts import api_keys
from app.tests.base import SiteTestCase

from .pictures import LINES, page_file, two_page_pdf

URL = "/api/v1/misc/ocr-pdf"


class StirlingTests(SiteTestCase):
    def send(self, headers: dict[str, str] | None = None, **fields):
        pdf = SimpleUploadedFile("scan.pdf", two_page_pdf())
        return self.client.post(URL, {"fileInput": pdf, **fields}, headers=headers or {})

    def test_searchable_pdf(self):
        answer = self.send(languages=["eng", "deu"], ocrType="skip-text", ocrRenderType="hocr")
        self.assertEqual(answer["Content-Type"], "application/pdf")
        self.assertIn('filename="scan_OCR.pdf"', answer["Content-Disposition"])
        self.assertEqual(words(b"".join(answer.streaming_content)), LINES.split() * 2)

    def test_sidecar(self):
        answer = self.send(sidecar="true", ocrType="force-ocr")
        self.assertEqual(answer["Content-Type"], "application/zip")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            self.assertEqual(archive.namelist(), ["scan_OCR.pdf", "scan_OCR.txt"])
            self.assertEqual(archive.read("scan_OCR.txt").decode().split(), LINES.split() * 2)
            self.assertEqual(words(archive.read("scan_OCR.pdf")), LINES.split() * 2)

    def test_images(self):
        answer = self.send(fileInput=page_file())
        self.assertEqual(words(b"".join(answer.streaming_content)), LINES.split())

    def test_keys(self):
        _, token = api_keys.create(owner=self.alice, name="k")
        with override_settings(ANONYMOUS_OCR=False):
            self.assertEqual(self.send({"X-API-KEY": token}).status_code, 200)
            answer = self.send()
        self.assertEqual(answer.status_code, 401)
        self.assertEqual(self.send({"X-API-KEY": "x"}).status_code, 401)
        self.assertEqual(set(answer.json()), {"timestamp", "status", "error", "message", "path"})

    def test_bad_requests(self):
        for fields in (
            {"fileInput": ""},
            {"fileInput": SimpleUploadedFile("a.pdf", b"text")},
            {"ocrType": "x"},
            {"removeImagesAfter": "true"},
        ):
            answer = self.send(**fields)
            self.assertEqual((answer.status_code, answer.json()["path"]), (400, URL), fields)

    @override_settings(COMPAT_STIRLING=False)
    def test_switch(self):
        self.assertEqual(self.send().status_code, 404)


def words(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [word for page in document for word in page.get_textpage().get_text_range().split()]
