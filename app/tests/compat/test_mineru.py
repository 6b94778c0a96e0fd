"""MinerU: the requests of Open WebUI's local mode and of RAGFlow."""

from __future__ import annotations

import io
import json
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from app.compat.mineru import content_item
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase

from .pictures import LINES, page_file, table_page, two_page_pdf

URL = "/file_parse"


class FileParseTests(SiteTestCase):
    def send(self, headers: dict[str, str] | None = None, **fields):
        fields = {"files": page_file(), **fields}
        return self.client.post(URL, fields, headers=headers or {})

    def test_open_webui(self):
        fields = {
            "return_md": "true",
            "lang_list": "en",
            "backend": "pipeline",
            "parse_method": "auto",
            "formula_enable": "true",
            "table_enable": "true",
        }
        answer = self.send(**fields).json()
        self.assertEqual(answer["results"], {"page": {"md_content": LINES}})
        self.assertEqual(answer["backend"], "pipeline")
        self.assertTrue(answer["version"])

    def test_ragflow(self):
        """RAGFlow unpacks a ZIP and reads the content list in the folder of the file."""
        pdf = SimpleUploadedFile("two.pdf", two_page_pdf())
        flags = ("return_md", "return_middle_json", "return_model_output", "return_content_list")
        fields = {**dict.fromkeys(flags, "true"), "response_format_zip": "true"}
        pages = {"start_page_id": "0", "end_page_id": "99999"}
        answer = self.send(files=pdf, lang_list="en", parse_method="auto", **fields, **pages)
        self.assertEqual(answer["Content-Type"], "application/zip")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            names = ["two/two.md", "two/two_content_list.json"]
            self.assertEqual(archive.namelist(), names)
            items = json.loads(archive.read(names[1]))
        found = [(item["type"], item["text"], item["page_idx"]) for item in items]
        self.assertEqual(found, [("text", LINES, 0), ("text", LINES, 1)])
        left, top, right, bottom = items[0]["bbox"]
        self.assertTrue(0 <= left < right <= 1000)
        self.assertTrue(0 <= top < bottom <= 1000)

    def test_pages_and_equal_names(self):
        pdf = SimpleUploadedFile("two.pdf", two_page_pdf())
        second = self.send(files=pdf, start_page_id="1", return_content_list="true").json()
        [item] = json.loads(second["results"]["two"]["content_list"])
        self.assertEqual(item["page_idx"], 1)
        both = self.send(files=[page_file(), page_file()]).json()
        self.assertEqual(set(both["results"]), {"page", "page-2"})
        files = [page_file("page-2.png"), page_file(), page_file()]
        three = self.send(files=files).json()["results"]
        self.assertEqual(set(three), {"page-2", "page", "page-3"})

    def test_bad_requests(self):
        for fields in (
            {"files": ""},
            {"files": SimpleUploadedFile("a.txt", b"text")},
            {"parse_method": "x"},
            {"start_page_id": "x"},
            {"start_page_id": "7"},
        ):
            answer = self.send(**fields)
            self.assertEqual((answer.status_code, set(answer.json())), (400, {"error"}), fields)

    def test_keys(self):
        _, token = api_keys.create(owner=self.alice, name="k")
        with override_settings(ANONYMOUS_OCR=False):
            bearer = {"Authorization": f"Bearer {token}"}
            self.assertEqual(self.send(bearer).status_code, 200)
            self.assertEqual(self.send().status_code, 401)
            self.assertEqual(self.send({"X-API-Key": "x"}).status_code, 401)

    @override_settings(COMPAT_MINERU=False)
    def test_switch(self):
        self.assertEqual(self.send().status_code, 404)


def test_kinds_of_blocks():
    page = table_page()
    title, table, item, foot = [content_item(page, block) for block in page.blocks]
    assert (title["type"], title["text_level"]) == ("text", 1)
    assert (table["type"], table["bbox"]) == ("table", [0, 200, 350, 270])
    assert "<td>$ 4.50</td>" in table["table_body"]
    assert item["list_items"] == ["1. pay soon"]
    assert foot["type"] == "footer"
