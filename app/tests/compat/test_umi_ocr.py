"""Umi-OCR: the requests of its documentation, and their distinction from our own API."""

from __future__ import annotations

import base64
import json
import uuid
from typing import Any

import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from PIL import Image

from app.compat.umi_ocr.answers import joined, text_blocks
from app.models import Job
from app.ocr.result import Block, Page
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import encoded, make_job, make_page, set_pages

from .pictures import LINES, line_of, page_base64, page_file, table_page, two_page_pdf

FIRST, SECOND = LINES.split("\n")


def encoded_text(content: bytes) -> str:
    return base64.b64encode(content).decode()


class UmiOcrTests(SiteTestCase):
    def post(self, path: str, body: Any, headers: dict[str, str] | None = None) -> Any:
        answer = self.client.post(path, body, "application/json", headers=headers or {})
        self.assertEqual(answer.status_code, 200, answer.content)
        return answer.json()

    def ocr(self, headers: dict[str, str] | None = None, **options: Any) -> Any:
        return self.post("/api/ocr", {"base64": page_base64(), "options": options}, headers)

    def test_dict(self):
        answer = self.ocr(**{"ocr.language": "English"})
        self.assertEqual(answer["code"], 100)
        self.assertEqual(set(answer), {"code", "data", "time", "timestamp"})
        first, second = answer["data"]
        self.assertEqual((first["text"], first["end"]), (FIRST, " "))
        self.assertEqual((second["text"], second["end"]), (SECOND, "\n"))
        self.assertTrue(0.5 < first["score"] <= 1)
        top_left, top_right, bottom_right, bottom_left = first["box"]
        self.assertEqual((top_left[1], top_right[0]), (top_right[1], bottom_right[0]))
        self.assertLess(top_left[1], bottom_left[1])

    def test_text_by_parser(self):
        for parser, end in (("multi_para", " "), ("single_line", "\n"), ("none", "\n")):
            answer = self.ocr(**{"data.format": "text", "tbpu.parser": parser})
            self.assertEqual(answer["data"], f"{FIRST}{end}{SECOND}", parser)

    def test_without_options_and_with_a_slash(self):
        answer = self.post("/api/ocr/", {"base64": page_base64()})
        self.assertEqual([line["text"] for line in answer["data"]], [FIRST, SECOND])

    def test_ignored_area(self):
        box = self.ocr()["data"][0]["box"]
        area = [[box[0], box[2]]]
        lines = self.ocr(**{"tbpu.ignoreArea": area})["data"]
        self.assertEqual([line["text"] for line in lines], [SECOND])

    def test_no_text_has_its_own_code(self):
        blank = encoded(Image.new("RGB", (200, 100), "white"))
        answer = self.post("/api/ocr", {"base64": encoded_text(blank)})
        self.assertEqual((answer["code"], answer["data"]), (101, ""))

    def test_our_own_api_keeps_its_requests(self):
        ours = self.client.post(
            "/api/ocr", {"image": page_base64(), "base64": "x"}, "application/json"
        )
        self.assertEqual(ours.json()["content"].strip(), LINES)
        self.assertEqual(self.client.post("/api/ocr", {"image": page_file()}).status_code, 200)
        with override_settings(COMPAT_UMI_OCR=False):
            refused = self.client.post("/api/ocr", {"base64": "x"}, "application/json")
            self.assertEqual(refused.status_code, 400)
            self.assertEqual(self.client.get("/api/ocr/get_options").status_code, 404)

    def test_options(self):
        options = self.client.get("/api/ocr/get_options").json()
        for name in ("ocr.language", "tbpu.parser", "tbpu.ignoreArea", "data.format"):
            self.assertIn("default", options[name])

    def test_barcodes(self):
        code = zxingcpp.create_barcode("Hello", zxingcpp.BarcodeFormat.QRCode)
        pixels = zxingcpp.write_barcode_to_image(code, scale=8, add_quiet_zones=True)
        picture = Image.fromarray(pixels)
        answer = self.post("/api/qrcode", {"base64": encoded_text(encoded(picture))})
        [found] = answer["data"]
        self.assertEqual((found["text"], found["format"]), ("Hello", "QRCode"))
        self.assertEqual(self.post("/api/qrcode", {"base64": page_base64()})["code"], 101)
        self.assertEqual(self.post("/api/qrcode", {"text": "make one"})["code"], 400)

    def test_errors_are_codes(self):
        for options in (
            {"data.format": "xml"},
            {"tbpu.parser": "x"},
            {"tbpu.ignoreArea": [[1]]},
            {"tbpu.ignoreArea": 3},
        ):
            answer = self.ocr(**options)
            self.assertEqual(answer["code"], 400, options)
            self.assertTrue(answer["data"].startswith("[Error] "))
        for text in ("%", 3, "AAAA", ""):
            self.assertEqual(self.post("/api/ocr", {"base64": text})["code"], 400, text)
        body = {"base64": page_base64(), "options": 1}
        self.assertEqual(self.post("/api/ocr", body)["code"], 400)

    def test_keys(self):
        _, token = api_keys.create(owner=self.alice, name="k")
        with override_settings(ANONYMOUS_OCR=False):
            self.assertEqual(self.ocr()["code"], 401)
            self.assertEqual(self.ocr({"Authorization": f"Bearer {token}"})["code"], 100)
        self.assertEqual(self.ocr({"X-API-Key": "wrong"})["code"], 401)


class DocumentTests(SiteTestCase):
    def upload(self, headers: dict[str, str] | None = None, **options: Any) -> Any:
        pdf = SimpleUploadedFile("two.pdf", two_page_pdf())
        form = {"file": pdf, "json": json.dumps(options)}
        return self.client.post("/api/doc/upload", form, headers=headers or {}).json()

    def post(self, path: str, headers: dict[str, str] | None = None, **body: Any) -> Any:
        return self.client.post(path, body, "application/json", headers=headers or {}).json()

    def test_document(self):
        options = {"doc.extractionMode": "fullPage", "pageRangeStart": 2, "pageRangeEnd": -1}
        sent = self.upload(**options)
        self.assertEqual(sent["code"], 100)
        result = self.post("/api/doc/result", id=sent["data"], is_data=True, format="dict")
        self.assertEqual((result["is_done"], result["state"]), (True, "success"))
        self.assertEqual((result["processed_count"], result["pages_count"]), (1, 1))
        [page] = result["data"]
        self.assertEqual((page["page"], page["code"]), (2, 100))
        self.assertEqual([line["text"] for line in page["data"]], [FIRST, SECOND])
        text = self.post("/api/doc/result", id=sent["data"], format="text", is_unread=False)
        self.assertEqual(text["data"], f"{FIRST} {SECOND}")
        self.assertEqual(self.post("/api/doc/result", id=sent["data"], is_data=False)["data"], [])

    def test_pages_are_answered_once_while_others_are_not_read(self):
        secret = str(uuid.uuid4())
        job = make_job(None, visitor=secret, status="running", pages_total=3, text="one")
        asked = {"id": secret, "is_data": True, "format": "text", "is_unread": True}
        first = self.post("/api/doc/result", **asked)
        self.assertEqual((first["data"], first["is_done"]), ("one", False))
        self.assertEqual(self.post("/api/doc/result", **asked)["data"], "")
        texts = enumerate(("one", "two", "three"), 1)
        set_pages(job, *(make_page(text, number=number) for number, text in texts))
        Job.objects.filter(pk=job.pk).update(status="done")
        last = self.post("/api/doc/result", **asked)
        self.assertEqual((last["data"], last["is_done"]), ("two\nthree", True))
        everything = self.post("/api/doc/result", **{**asked, "is_unread": False})
        self.assertEqual(everything["data"], "one\ntwo\nthree")

    def test_download(self):
        task = self.upload()["data"]
        link = self.post("/api/doc/download", id=task, file_types=["txtPlain"])
        self.assertEqual((link["code"], link["name"]), (100, "two.txt"))
        text = b"".join(self.client.get(link["data"]).streaming_content).decode()
        self.assertEqual(text.split(), LINES.split() * 2)
        pdf = self.client.get(self.post("/api/doc/download", id=task)["data"])
        self.assertEqual(pdf["Content-Type"], "application/pdf")
        for types in (["docx"], ["txt", "csv"], "txt"):
            answer = self.post("/api/doc/download", id=task, file_types=types)
            self.assertEqual(answer["code"], 400)
        self.assertEqual(self.client.get(f"{link['data']}x").json()["code"], 404)

    def test_waiting_and_cleared(self):
        secret = str(uuid.uuid4())
        job = make_job(None, visitor=secret, status="queued", pages_total=None, pages_done=0)
        result = self.post("/api/doc/result", id=secret)
        self.assertEqual((result["state"], result["is_done"]), ("waiting", False))
        self.assertEqual(self.post("/api/doc/download", id=secret)["code"], 409)
        self.assertEqual(self.client.get(f"/api/doc/clear/{secret}").json()["code"], 100)
        job.refresh_from_db()
        self.assertEqual(job.status, "cancelled")

    def test_documents_of_others_are_not_found(self):
        job = make_job(self.alice)
        _, token = api_keys.create(owner=self.charlie, name="k")
        for headers in ({}, {"X-API-Key": token}):
            for path in ("result", "download"):
                answer = self.post(f"/api/doc/{path}", headers, id=str(job.pk))
                self.assertEqual(answer["code"], 404)
            answer = self.client.get(f"/api/doc/clear/{job.pk}", headers=headers).json()
            self.assertEqual(answer["code"], 404)

    def test_bad_requests(self):
        for options in ({"doc.extractionMode": "x"}, {"pageRangeStart": "x"}, {"pageList": ["x"]}):
            self.assertEqual(self.upload(**options)["code"], 400, options)
        for form in ({}, {"file": page_file(), "json": "{"}, {"file": page_file(), "json": "[]"}):
            self.assertEqual(self.client.post("/api/doc/upload", form).json()["code"], 400)


def test_lines_of_tables_stay_apart():
    text = joined(text_blocks([table_page()], "multi_para"))
    assert text.split("\n")[:3] == ["Invoice", "Item", "Price"]


def test_chinese_lines_join_without_a_space():
    block = Block((line_of("你好", 0, 0), line_of("世界", 0, 40)))
    page = Page(1, 600, 1000, (block,))
    assert joined(text_blocks([page], "multi_para")) == "你好世界"


def test_boxes_lie_on_the_picture_as_it_was_sent():
    block = Block((line_of("word", 0, 0),))
    [found] = text_blocks([Page(1, 600, 1000, (block,), rotation=180)], "none")
    assert found["box"][0] == [600, 1000]
