"""Apache Tika: the requests of Open WebUI, tika-python, tika-client and curl."""

from __future__ import annotations

import base64
import io
import tarfile
import xml.etree.ElementTree as ET
import zipfile
from typing import Any

import pytest
from django.test import override_settings

from app.compat.shared.html import document_xhtml
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase

from .conftest import Account
from .pictures import LINES, page_file, page_png, table_page, two_page_pdf


class TikaTests(SiteTestCase):
    def put(self, path: str, body: bytes | None = None, content_type: str = "image/png", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = page_png() if body is None else body
        return self.client.put(path, body, content_type=content_type, headers=named)

    def test_text_by_default_and_what_accept_asks_for(self):
        for accept in ("*/*", "text/plain"):
            answer = self.put("/tika", Accept=accept)
            self.assertEqual(answer.content.decode(), LINES)
            self.assertEqual(answer["Content-Type"], "text/plain; charset=utf-8")
        for accept in ("text/html", "text/xml"):
            answer = self.put("/tika", Accept=accept)
            self.assertEqual(answer["Content-Type"], f"{accept}; charset=utf-8")
            root = ET.fromstring(answer.content)
            self.assertIn("better apps", "".join(root.itertext()))
        self.assertIn("<p>", self.put("/tika", Accept="application/json").json()["X-TIKA:content"])

    def test_open_webui(self):
        """`PUT /tika/text` with the headers of its loader; requests accepts anything."""
        sent = {"X_Tika_PDFextractInlineImages": "true", "Accept": "*/*"}
        for content_type in ("image/png", "application/pdf", ""):
            answer = self.put("/tika/text", content_type=content_type, **sent).json()
            self.assertEqual(answer["X-TIKA:content"], LINES)
            self.assertEqual(answer["Content-Type"], "image/png")
        self.assertEqual(self.put("/tika/text", Accept="text/plain").content.decode(), LINES)

    def test_recursive_metadata(self):
        [document] = self.put("/rmeta/text", two_page_pdf(), "").json()
        self.assertEqual(document["X-TIKA:content"], f"{LINES}\n\n{LINES}")
        self.assertEqual(document["xmpTPg:NPages"], "2")
        self.assertEqual(document["Content-Type"], "application/pdf")
        self.assertIn("onlineocr", document["X-TIKA:Parsed-By"])
        self.assertIn('<div class="page">', self.put("/rmeta").json()[0]["X-TIKA:content"])
        self.assertNotIn("X-TIKA:content", self.put("/rmeta/ignore").json()[0])
        [form] = self.client.post("/rmeta/form/text", {"upload": page_file("a.png")}).json()
        self.assertEqual((form["X-TIKA:content"], form["resourceName"]), (LINES, "a.png"))

    def test_language_of_texts_and_pictures(self):
        for text, language in (
            ("Der Hund läuft über die Straße und bellt.", "de"),
            ("Le chien traverse la rue en courant.", "fr"),
            ("", "unknown"),
        ):
            body = (text or " ").encode()
            for path in ("/language/stream", "/language/string"):
                self.assertEqual(self.put(path, body, "text/plain").content.decode(), language)
        self.assertEqual(self.put("/language/stream").content.decode(), "en")

    def test_unpack(self):
        answer = self.put("/unpack/all", Accept="application/x-tar")
        with tarfile.open(fileobj=io.BytesIO(answer.content)) as archive:
            self.assertEqual(archive.extractfile("__TEXT__").read().decode(), LINES)
            rows = archive.extractfile("__METADATA__").read().decode()
        self.assertIn('"Content-Type","image/png"\n', rows)
        with zipfile.ZipFile(io.BytesIO(self.put("/unpack/all").content)) as archive:
            self.assertEqual(archive.namelist(), ["__TEXT__", "__METADATA__"])

    def test_what_is_not_served_says_so(self):
        for path in ("/unpack", "/translate/all/x/en/fr", "/meta/Author"):
            answer = self.put(path)
            self.assertEqual(answer.status_code, 404)
            self.assertTrue(answer["Content-Type"].startswith("text/plain"))

    def test_no_recognition_of_pdfs(self):
        pdf = two_page_pdf()  # its pages are pictures
        for headers in ({"X_Tika_OCRskipOcr": "true"}, {"X_Tika_PDFOcrStrategy": "no_ocr"}):
            self.assertEqual(self.put("/tika", pdf, "application/pdf", **headers).content, b"")

    def test_metadata_and_type_of_the_file_alone(self):
        self.assertEqual(self.put("/meta/Content-Type").content, b"image/png")
        name = 'attachment; filename="a b.png"'
        meta = self.put("/meta", Accept="application/json", Content_Disposition=name).json()
        self.assertEqual((meta["Content-Type"], meta["resourceName"]), ("image/png", "a b.png"))
        self.assertEqual(meta["X-TIKA:Parsed-By"], ["onlineocr"])
        self.assertEqual(self.put("/meta/X-TIKA:Parsed-By").content, b"onlineocr")
        self.assertIn('"Content-Type","image/png"', self.put("/meta").content.decode())
        self.assertEqual(self.put("/detect/stream").content, b"image/png")
        self.assertEqual(self.put("/detect/stream", b"x").content, b"application/octet-stream")

    def test_greeting_and_version(self):
        self.assertContains(self.client.get("/tika"), "This is Tika Server")
        self.assertEqual(self.client.get("/version").content, b"Apache Tika 3.2.0")
        asked = self.client.get("/version", headers={"Accept": "application/json"})
        self.assertIn("docling-serve", asked.json())
        with override_settings(COMPAT_TIKA=False):
            self.assertIn("docling-serve", self.client.get("/version").json())
            with override_settings(COMPAT_DOCLING=False):
                self.assertEqual(self.client.get("/version").status_code, 404)

    def test_languages_and_strategy(self):
        answer = self.put("/tika", X_Tika_OCRLanguage="eng+xyz", X_Tika_PDFOcrStrategy="ocr_only")
        self.assertEqual(answer.content.decode(), LINES)
        scanned = self.put("/tika", two_page_pdf(), X_Tika_PDFOcrStrategy="no_ocr")
        self.assertEqual((scanned.status_code, scanned.content), (200, b""))

    def test_errors_are_text(self):
        for body, status in ((b"text", 415), (b"", 422), (page_png()[:200], 422)):
            for path in ("/tika", "/tika/text", "/rmeta/text"):
                answer = self.put(path, body)
                self.assertEqual(answer.status_code, status, body)
                self.assertEqual(answer["Content-Type"], "text/plain; charset=utf-8")
                self.assertTrue(answer.content)
        self.assertEqual(self.client.post("/tika/form", {"a": "b"}).status_code, 422)

    def test_keys(self):
        _, token = api_keys.create(owner=self.alice, name="k")
        in_url = base64.b64encode(f"x:{token}".encode()).decode()
        with override_settings(ANONYMOUS_OCR=False):
            for headers in (
                {"X_API_Key": token},
                {"Authorization": f"Bearer {token}"},
                {"Authorization": f"Basic {in_url}"},
            ):
                self.assertEqual(self.put("/tika", **headers).status_code, 200, headers)
            for wrong in ("Basic %", "Basic eDp5", "Bearer x"):
                self.assertEqual(self.put("/tika", Authorization=wrong).status_code, 401, wrong)
            self.assertEqual(self.put("/tika").status_code, 401)

    @override_settings(COMPAT_TIKA=False)
    def test_switch(self):
        self.assertEqual(self.put("/tika").status_code, 404)


def test_xhtml_of_a_table_is_well_formed():
    namespace = "{http://www.w3.org/1999/xhtml}"
    root = ET.fromstring(document_xhtml([table_page()]))
    cells = [cell.text for cell in root.iter(f"{namespace}td")]
    assert cells == ["Tea_bag", "$ 4.50"]
    assert [head.text for head in root.iter(f"{namespace}th")] == ["Item", "Price"]


def test_text_of_xhtml_without_its_tags_keeps_cells_and_rows_apart():
    root = ET.fromstring(document_xhtml([table_page()]))
    lines = [line.strip() for line in "".join(root.itertext()).splitlines()]
    assert "Item\tPrice" in lines
    assert "Tea_bag\t$ 4.50" in lines


def test_tika_python(account: Account, tmp_path, monkeypatch: Any):
    pytest.importorskip("tika")
    monkeypatch.setenv("TIKA_CLIENT_ONLY", "true")
    from tika import parser, tika, unpack

    monkeypatch.setattr(tika, "TikaClientOnly", True)
    path = tmp_path / "page.png"
    path.write_bytes(page_png())
    parsed = parser.from_file(str(path), account.url)
    assert (parsed["status"], parsed["content"]) == (200, LINES)
    assert parsed["metadata"]["Content-Type"] == "image/png"
    assert parser.from_file(str(path), account.url, service="text")["content"] == LINES
    assert parser.from_buffer(page_png(), account.url)["content"] == LINES
    assert "<p>" in parser.from_file(str(path), account.url, xmlContent=True)["content"]
    found = tika.detectType1("type", str(path), account.url)
    assert found == (200, "image/png")
    unpacked = unpack.from_file(str(path), account.url)
    assert unpacked["content"] == LINES
    assert unpacked["metadata"]["Content-Type"] == "image/png"


def test_tika_client(account: Account, tmp_path):
    tika_client = pytest.importorskip("tika_client")
    path = tmp_path / "page.png"
    path.write_bytes(page_png())
    with tika_client.TikaClient(account.url) as client:
        assert client.tika.as_text.from_file(path).content == LINES
        assert client.rmeta.as_text.from_file(path)[0].content == LINES
        found = client.metadata.from_file(path)
    assert (found.type, found.parsers) == ("image/png", ["onlineocr"])
