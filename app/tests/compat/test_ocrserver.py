"""ocrserver: the requests of its README."""

from __future__ import annotations

from app.tests.base import SiteTestCase

from .pictures import LINES, page_base64, page_file


class OcrserverTests(SiteTestCase):
    def base64(self, **fields):
        return self.client.post("/base64", fields, "application/json")

    def test_base64_with_and_without_data_prefix(self):
        for prefix in ("", "data:image/png;base64,"):
            answer = self.base64(base64=prefix + page_base64(), languages="eng")
            self.assertEqual(answer.json(), {"result": LINES, "version": "0.2.0"})

    def test_trim_and_whitelist(self):
        trimmed = self.base64(base64=page_base64(), trim="Djapps").json()["result"]
        self.assertTrue(trimmed.startswith("ngo makes"), trimmed)
        digits = self.base64(base64=page_base64(), whitelist="0123456789").json()["result"]
        self.assertNotRegex(digits, "[a-z]")

    def test_json_without_its_content_type(self):
        """`curl -d '{…}'` declares a form; the old server ignored the header."""
        body = f'{{"base64": "{page_base64()}"}}'
        for kind in ("application/x-www-form-urlencoded", "text/plain", ""):
            answer = self.client.generic("POST", "/base64", body, content_type=kind)
            self.assertEqual(answer.json(), {"result": LINES, "version": "0.2.0"}, kind)

    def test_file_and_hocr(self):
        plain = self.client.post("/file", {"file": page_file()})
        self.assertEqual(plain.json()["result"], LINES)
        hocr = self.client.post("/file", {"file": page_file(), "format": "hocr"})
        self.assertIn("ocrx_word", hocr.json()["result"])

    def test_faults(self):
        for answer in (
            self.base64(),
            self.base64(base64="%"),
            self.base64(base64=page_base64(), languages="xyz"),
            self.client.post("/file", {}),
            self.client.post("/base64", "{", "application/json"),
        ):
            self.assertEqual(answer.status_code, 400)
            self.assertIn("error", answer.json())
