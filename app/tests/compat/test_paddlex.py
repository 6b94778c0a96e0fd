"""PaddleX: the requests of RAGFlow and Open WebUI, PaddleHub's and RapidOCR's."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from django.core.files.base import ContentFile
from django.test import override_settings

from app.compat.paddlex.answers import layout_results
from app.ocr.result import Block
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase

from .pictures import LINES, page_base64, page_file, page_png, table_page, two_page_pdf

TEXTS = LINES.split("\n")


class PaddlexTests(SiteTestCase):
    def send(self, path: str, headers: dict[str, str] | None = None, **body: Any):
        body = {"file": page_base64(), "fileType": 1, **body}
        return self.client.post(path, body, "application/json", headers=headers or {})

    def test_ocr(self):
        answer = self.send("/ocr").json()
        self.assertEqual((answer["errorCode"], answer["errorMsg"]), (0, "Success"))
        [page] = answer["result"]["ocrResults"]
        found = page["prunedResult"]
        self.assertEqual(found["rec_texts"], TEXTS)
        self.assertTrue(all(0.5 < score <= 1 for score in found["rec_scores"]))
        for (left, top, right, bottom), polygon in zip(
            found["rec_boxes"], found["rec_polys"], strict=True
        ):
            corners = [[left, top], [right, top], [right, bottom], [left, bottom]]
            self.assertEqual(polygon, corners)
        info = answer["result"]["dataInfo"]
        self.assertEqual(info["type"], "image")
        self.assertGreater(info["width"], found["rec_boxes"][0][2])

    def test_layout_of_a_pdf(self):
        """RAGFlow reads parsing_res_list, Open WebUI the Markdown."""
        pdf = base64.b64encode(two_page_pdf()).decode()
        answer = self.send("/layout-parsing", file=pdf, fileType=0, useLayoutDetection=True)
        result = answer.json()["result"]
        self.assertEqual((result["dataInfo"]["type"], result["dataInfo"]["numPages"]), ("pdf", 2))
        for page in result["layoutParsingResults"]:
            self.assertEqual(page["markdown"], {**page["markdown"], "text": LINES, "images": {}})
            [block] = page["prunedResult"]["parsing_res_list"]
            self.assertEqual((block["block_label"], block["block_content"]), ("text", LINES))
            self.assertEqual(len(block["block_bbox"]), 4)

    def test_url(self):
        fetched = ContentFile(page_png(), name="x.png")
        with patch("app.compat.shared.sources.remote_files.fetch", return_value=fetched):
            answer = self.send("/ocr", file="https://example.org/x.png").json()
        self.assertEqual(answer["result"]["ocrResults"][0]["prunedResult"]["rec_texts"], TEXTS)

    def test_paddlehub(self):
        body = {"images": [page_base64(), page_base64()]}
        answer = self.client.post("/predict/ocr_system", body, "application/json").json()
        self.assertEqual((answer["msg"], answer["status"]), ("", "000"))
        for lines in answer["results"]:
            self.assertEqual([line["text"] for line in lines], TEXTS)
            self.assertEqual(set(lines[0]), {"confidence", "text", "text_region"})

    def test_rapidocr(self):
        for form in ({"image_file": page_file()}, {"image_data": page_base64()}):
            answer = self.client.post("/ocr", form).json()
            self.assertEqual([answer[at]["rec_txt"] for at in ("0", "1")], TEXTS)
            self.assertEqual(set(answer["0"]), {"rec_txt", "dt_boxes", "score"})

    def test_bad_requests(self):
        for path in ("/ocr", "/layout-parsing"):
            for file in (None, 3, "", "%", "AAAA", "http://127.0.0.1/x.png"):
                answer = self.send(path, file=file)
                body = answer.json()
                self.assertEqual((answer.status_code, body["errorCode"]), (400, 400), file)
                self.assertTrue(body["errorMsg"])
        for images in (None, [], ["%"], [3], "x"):
            body = {"images": images}
            answer = self.client.post("/predict/ocr_system", body, "application/json")
            self.assertEqual((answer.status_code, answer.json()["results"]), (400, ""))

    def test_keys(self):
        _, token = api_keys.create(owner=self.alice, name="k")
        with override_settings(ANONYMOUS_OCR=False):
            for scheme in ("token", "Bearer"):
                answer = self.send("/ocr", {"Authorization": f"{scheme} {token}"})
                self.assertEqual(answer.status_code, 200)
            for headers in ({}, {"Authorization": "token x"}):
                answer = self.send("/layout-parsing", headers)
                self.assertEqual((answer.status_code, answer.json()["errorCode"]), (401, 401))

    @override_settings(COMPAT_PADDLEX=False)
    def test_switch(self):
        self.assertEqual(self.send("/ocr").status_code, 404)


def test_kinds_of_blocks():
    [page] = layout_results([table_page()])
    blocks = page["prunedResult"]["parsing_res_list"]
    labels = [block["block_label"] for block in blocks]
    assert labels == ["doc_title", "table", "text", "footer"]
    assert "<td>$ 4.50</td>" in blocks[1]["block_content"]
    assert blocks[1]["block_bbox"] == [0, 200, 210, 270]


def test_a_table_that_continues_leaves_its_page_open():
    first, second = table_page(), table_page()
    table = replace(second.blocks[1], continues=True)
    second = replace(second, number=2, blocks=(table, Block(second.blocks[0].lines)))
    ends = [page["markdown"]["isEnd"] for page in layout_results([first, second])]
    assert ends == [False, True]
