"""Mistral OCR: the requests of Open WebUI, LibreChat and RAGFlow, and the SDKs."""

from __future__ import annotations

import base64
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from app.compat.mistral.answers import PageAnswer
from app.compat.mistral.requests import AnswerOptions
from app.models import Job, Upload
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import make_job, make_page

from .conftest import Account
from .pictures import LINES, page_base64, page_file, page_png, table_page, two_page_pdf

OCR, FILES = "/v1/ocr", "/v1/files"
DATA_URL = f"data:image/png;base64,{page_base64()}"


class MistralTests(SiteTestCase):
    def ocr(self, document: Any, headers: dict[str, str] | None = None, **body: Any):
        body = {"model": "mistral-ocr-latest", "document": document, **body}
        return self.client.post(OCR, body, "application/json", headers=headers or {})

    def bearer(self, user: Any) -> dict[str, str]:
        _, token = api_keys.create(owner=user, name="k")
        return {"Authorization": f"Bearer {token}"}

    def test_all_forms_of_a_document(self):
        for document in (
            {"type": "document_url", "document_url": DATA_URL},
            {"type": "image_url", "image_url": DATA_URL},
            {"type": "image_url", "image_url": {"url": DATA_URL}},
            {"image_url": DATA_URL},
        ):
            answer = self.ocr(document, include_image_base64=False)
            self.assertEqual(answer.status_code, 200, answer.content)
        body = answer.json()
        [page] = body["pages"]
        self.assertEqual((page["index"], page["markdown"]), (0, LINES))
        self.assertEqual((page["images"], page["tables"], page["blocks"]), ([], [], None))
        self.assertEqual(set(page["dimensions"]), {"dpi", "height", "width"})
        self.assertEqual(body["model"], "mistral-ocr-latest")
        usage = {"pages_processed": 1, "doc_size_bytes": len(page_png())}
        self.assertEqual(body["usage_info"], usage)
        self.assertIsNone(body["document_annotation"])

    def test_pages_are_counted_from_0(self):
        pdf = "data:application/pdf;base64," + base64.b64encode(two_page_pdf()).decode()
        for pages in ([1], "1", "1-1"):
            answer = self.ocr({"document_url": pdf}, pages=pages).json()
            self.assertEqual([page["index"] for page in answer["pages"]], [1], pages)
        for pages in ("x", [7], {"a": 1}, "-1"):
            self.assertEqual(self.ocr({"document_url": pdf}, pages=pages).status_code, 400)

    def test_open_webui_and_librechat_upload_first(self):
        """POST a file, GET its signed URL, POST that URL, DELETE the file."""
        headers = self.bearer(self.alice)
        form = {"file": page_file(), "purpose": "ocr"}
        stored = self.client.post(FILES, form, headers=headers).json()
        expected = {"object": "file", "bytes": len(page_png()), "filename": "page.png"}
        self.assertEqual({name: stored[name] for name in expected}, expected)
        path = f"{FILES}/{stored['id']}"
        url = self.client.get(f"{path}/url?expiry=1", headers=headers).json()["url"]
        # Behind a proxy the site's name may differ from the one in the address of the request.
        for address in (url, url.replace("testserver", "localhost:1")):
            answer = self.ocr({"type": "document_url", "document_url": address}, headers)
            self.assertEqual(answer.json()["pages"][0]["markdown"], LINES)
        self.assertEqual(b"".join(self.client.get(url).streaming_content), page_png())
        deleted = self.client.delete(path, headers=headers).json()
        self.assertEqual(deleted, {"id": stored["id"], "object": "file", "deleted": True})
        self.assertEqual(self.client.get(url).status_code, 404)
        self.assertEqual(Job.objects.filter(owner=self.alice, file_name="page.png").count(), 2)

    def test_file_id(self):
        stored = self.client.post(FILES, {"file": page_file(), "purpose": "ocr"}).json()
        answer = self.ocr({"type": "file", "file_id": stored["id"]})
        self.assertEqual(answer.json()["pages"][0]["markdown"], LINES)

    def test_the_list_has_the_accounts_stored_files(self):
        headers = self.bearer(self.alice)
        for name in ("a.png", "b.png", "c.png"):
            form = {"file": page_file(name), "purpose": "ocr"}
            self.client.post(FILES, form, headers=headers)
        self.client.post(FILES, {"file": page_file()})
        make_job(self.alice)
        with CaptureQueriesContext(connection) as of_one:
            self.client.get(f"{FILES}?page_size=1", headers=headers)
        with self.assertNumQueries(len(of_one)):
            listed = self.client.get(f"{FILES}?page=0&page_size=2", headers=headers).json()
        self.assertEqual([file["filename"] for file in listed["data"]], ["c.png", "b.png"])
        self.assertEqual((listed["object"], listed["total"]), ("list", 3))
        rest = self.client.get(f"{FILES}?page=1&page_size=2", headers=headers).json()
        self.assertEqual([file["filename"] for file in rest["data"]], ["a.png"])
        self.assertEqual(self.client.get(FILES).json()["data"], [])
        for query in ("page=-1", "page_size=x", "page_size=1001"):
            self.assertEqual(self.client.get(f"{FILES}?{query}").status_code, 400, query)

    def test_files_of_others_are_not_found(self):
        headers = self.bearer(self.alice)
        form = {"file": page_file(), "purpose": "ocr"}
        pk = self.client.post(FILES, form, headers=headers).json()["id"]
        for stranger in ({}, self.bearer(self.charlie)):
            for answer in (
                self.client.get(f"{FILES}/{pk}", headers=stranger),
                self.client.get(f"{FILES}/{pk}/url", headers=stranger),
                self.client.delete(f"{FILES}/{pk}", headers=stranger),
                self.ocr({"file_id": pk}, stranger),
            ):
                self.assertEqual(answer.status_code, 404)
        self.assertTrue(Upload.objects.filter(pk=pk).exists())

    def test_entries_of_the_history_are_no_stored_files(self):
        upload = make_job(self.alice).upload
        answer = self.client.delete(f"{FILES}/{upload.pk}", headers=self.bearer(self.alice))
        self.assertEqual(answer.status_code, 404)
        self.assertTrue(Upload.objects.filter(pk=upload.pk).exists())

    def test_forged_and_expired_urls(self):
        stored = self.client.post(FILES, {"file": page_file()}).json()["id"]
        url = self.client.get(f"{FILES}/{stored}/url?expiry=0").json()["url"]
        for address in (url, f"{url[:-3]}abc"):
            self.assertEqual(self.client.get(address).status_code, 404)
            self.assertEqual(self.ocr({"document_url": address}).status_code, 404)

    def test_bad_requests(self):
        for document in (
            None,
            "x",
            {},
            {"document_url": 3},
            {"document_url": "data:,x"},
            {"document_url": "http://127.0.0.1/a.pdf"},
            {"image_url": "data:image/png;base64,AAAA"},
        ):
            answer = self.ocr(document)
            self.assertEqual(answer.status_code, 400, document)
            self.assertEqual(answer.json()["object"], "error")
            self.assertIsInstance(answer.json()["message"], str)
        for body in ({"table_format": "csv"}, {"document_annotation_format": {"type": "x"}}):
            self.assertEqual(self.ocr({"image_url": DATA_URL}, **body).status_code, 400)
        self.assertEqual(self.client.post(FILES, {"purpose": "ocr"}).status_code, 400)
        text = SimpleUploadedFile("a.txt", b"text")
        self.assertEqual(self.client.post(FILES, {"file": text}).status_code, 400)
        self.assertEqual(self.client.get(f"{FILES}/{uuid.uuid4()}").status_code, 404)

    def test_keys(self):
        wrong = self.ocr({"image_url": DATA_URL}, {"Authorization": "Bearer wrong"})
        self.assertEqual((wrong.status_code, set(wrong.json())), (401, {"detail"}))
        with override_settings(ANONYMOUS_OCR=False):
            self.assertEqual(self.ocr({"image_url": DATA_URL}).status_code, 401)
            answer = self.ocr({"image_url": DATA_URL}, self.bearer(self.alice))
            self.assertEqual(answer.status_code, 200)

    @override_settings(COMPAT_MISTRAL=False)
    def test_switch(self):
        self.assertEqual(self.ocr({"image_url": DATA_URL}).status_code, 404)


def rendered(**options: Any) -> dict[str, Any]:
    return PageAnswer(table_page(), AnswerOptions(**options)).render()


def test_tables_stay_in_the_text_unless_a_format_is_asked_for():
    page = rendered()
    assert page["tables"] == []
    assert "| Tea_bag | $ 4.50 |" in page["markdown"]
    assert page["dimensions"] == {"dpi": 100, "height": 1000, "width": 600}


@pytest.mark.parametrize(
    ("table_format", "name", "content"),
    [
        ("html", "tbl-0.html", '<th scope="col">Item</th><th scope="col">Price</th>'),
        ("markdown", "tbl-0.md", "| Tea_bag | $ 4.50 |"),
    ],
)
def test_tables_apart(table_format, name, content):
    page = rendered(table_format=table_format)
    assert f"\n[{name}]({name})\n" in page["markdown"]
    assert "Tea" not in page["markdown"]
    [table] = page["tables"]
    assert (table["id"], table["format"]) == (name, table_format)
    assert content in table["content"]


def test_running_foot_apart():
    assert rendered()["footer"] is None
    page = rendered(extract_header=True, extract_footer=True)
    assert (page["header"], page["footer"]) == (None, "page_1 of 1")
    assert "page_1" not in page["markdown"]


def test_blocks():
    blocks = rendered(blocks=True)["blocks"]
    assert [block["type"] for block in blocks] == ["title", "table", "list", "footer"]
    assert blocks[3]["content"] == "page_1 of 1"
    corners = ("top_left_x", "top_left_y", "bottom_right_x", "bottom_right_y")
    assert [blocks[1][corner] for corner in corners] == [0, 200, 210, 270]


def test_scores_point_into_the_markdown():
    page = PageAnswer(make_page("one two\none"), AnswerOptions(scores="word")).render()
    scores = page["confidence_scores"]
    assert scores["average_page_confidence_score"] == scores["minimum_page_confidence_score"] == 0.9
    starts = [word["start_index"] for word in scores["word_confidence_scores"]]
    assert [page["markdown"][start : start + 3] for start in starts] == ["one", "two", "one"]
    assert "word_confidence_scores" not in rendered(scores="page")["confidence_scores"]


def test_mistralai(account: Account):
    sdk = pytest.importorskip("mistralai.client")
    with sdk.Mistral(server_url=account.url, api_key=account.key) as client:
        file = {"file_name": "page.png", "content": page_png()}
        assert [model.id for model in client.models.list().data] == ["onlineocr"]
        stored = client.files.upload(file=file, purpose="ocr")
        assert (stored.filename, stored.size_bytes) == ("page.png", len(page_png()))
        url = client.files.get_signed_url(file_id=stored.id).url
        answer = client.ocr.process(
            model="mistral-ocr-latest",
            document={"type": "document_url", "document_url": url},
            include_blocks=True,
            table_format="html",
        )
        assert answer.pages[0].markdown == LINES
        assert answer.pages[0].blocks[0].content == LINES
        assert client.files.delete(file_id=stored.id).deleted
        with pytest.raises(sdk.errors.MistralError) as caught:
            client.files.retrieve(file_id=stored.id)
    assert caught.value.status_code == 404


def test_litellm(account: Account):
    litellm = pytest.importorskip("litellm")
    answer = litellm.ocr(
        model="mistral/mistral-ocr-latest",
        document={"type": "image_url", "image_url": DATA_URL},
        api_base=f"{account.url}/v1",
        api_key=account.key,
    )
    assert answer.pages[0].markdown == LINES
