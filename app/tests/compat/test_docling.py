"""docling-serve: the requests of Open WebUI, paperless-gpt and RAGFlow, and docling's client."""

from __future__ import annotations

import io
import uuid
import zipfile
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from app.compat.docling.options import EXTENSIONS, AnswerForm
from app.models import Job
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import make_job

from .conftest import Account
from .pictures import LINES, job_with, page_base64, page_file, page_png, table_page, two_page_pdf

FILE, SOURCE = "/v1/convert/file", "/v1/convert/source"


class DoclingTests(SiteTestCase):
    def source(self, path: str = SOURCE, **body: Any):
        sources = [{"kind": "file", "base64_string": page_base64(), "filename": "a.png"}]
        return self.client.post(path, {"sources": sources, **body}, "application/json")

    def test_open_webui(self):
        """Open WebUI's fields; md is the default format."""
        fields = {"image_export_mode": "placeholder", "do_ocr": "true", "ocr_lang": "en,fr,de,xx"}
        answer = self.client.post(FILE, {"files": page_file(), **fields}).json()
        self.assertEqual(answer["document"]["filename"], "page.png")
        self.assertEqual(answer["document"]["md_content"], LINES)
        for name in ("text_content", "html_content", "json_content", "doctags_content"):
            self.assertIsNone(answer["document"][name])
        self.assertEqual(
            (answer["status"], answer["errors"], answer["timings"]), ("success", [], {})
        )
        self.assertIsInstance(answer["processing_time"], float)

    def test_all_formats_at_once(self):
        fields = {"files": page_file(), "to_formats": ["md", "text", "html", "json"]}
        document = self.client.post(FILE, fields).json()["document"]
        self.assertEqual(document["text_content"], LINES)
        self.assertIn("better apps", document["html_content"])
        [text] = document["json_content"]["texts"]
        self.assertEqual(text["text"], LINES)
        self.assertEqual(text["prov"][0]["page_no"], 1)

    def test_sources_in_json_of_both_versions(self):
        for answer in (
            self.source(options={"to_formats": ["text"]}, target={"kind": "inbody"}),
            self.client.post(
                "/v1alpha/convert/source",
                {
                    "options": {"to_formats": ["text"]},
                    "file_sources": [{"base64_string": page_base64(), "filename": "a.png"}],
                },
                "application/json",
            ),
        ):
            document = answer.json()["document"]
            self.assertEqual((document["filename"], document["text_content"]), ("a.png", LINES))

    def test_a_url_is_fetched_through_the_guard(self):
        body = {"sources": [{"kind": "http", "url": "http://127.0.0.1/x.png"}]}
        refused = self.client.post(SOURCE, body, "application/json")
        self.assertEqual(refused.status_code, 400)
        fetched = ContentFile(page_png(), name="x.png")
        with patch("app.compat.shared.sources.remote_files.fetch", return_value=fetched):
            answer = self.client.post(SOURCE, body, "application/json")
        self.assertEqual(answer.json()["document"]["filename"], "x.png")

    def test_several_files_come_in_a_zip(self):
        fields = {"files": [page_file(), page_file()], "to_formats": "text"}
        answer = self.client.post(FILE, fields)
        self.assertEqual(answer["Content-Type"], "application/zip")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            self.assertEqual(sorted(archive.namelist()), ["page-2.txt", "page.txt"])
            self.assertEqual(archive.read("page.txt").decode(), LINES)

    def test_page_range_and_page_breaks(self):
        pdf = SimpleUploadedFile("two.pdf", two_page_pdf())
        both = self.client.post(FILE, {"files": pdf, "md_page_break_placeholder": "<!-- p -->"})
        text = both.json()["document"]["md_content"]
        self.assertEqual(text, f"{LINES}\n\n<!-- p -->\n\n{LINES}")
        pdf.seek(0)
        second = self.client.post(FILE, {"files": pdf, "page_range": ["2", str(2**63 - 1)]})
        self.assertEqual(second.json()["document"]["md_content"], LINES)

    def test_doctags(self):
        fields = {"files": page_file(), "to_formats": "doctags"}
        tags = self.client.post(FILE, fields).json()["document"]["doctags_content"]
        self.assertRegex(tags, f"^<doctag><text>(<loc_\\d+>){{4}}{LINES}</text>\n</doctag>$")

    def test_task_of_several_files(self):
        """Its result is a ZIP, in the format that was requested at the start."""
        fields = {"files": [page_file(), page_file()], "to_formats": ["text", "md"]}
        sent = self.client.post(f"{FILE}/async", fields).json()
        self.assertEqual(sent["task_meta"]["num_succeeded"], 2)
        status = self.client.get(f"/v1/status/poll/{sent['task_id']}").json()
        self.assertEqual((status["task_status"], status["task_meta"]["num_docs"]), ("success", 2))
        answer = self.client.get(f"/v1/result/{sent['task_id']}")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            self.assertEqual(len(archive.namelist()), 4)
        sent = self.source(f"{SOURCE}/async", target={"kind": "zip"}).json()
        answer = self.client.get(f"/v1/result/{sent['task_id']}")
        self.assertEqual(answer["Content-Type"], "application/zip")

    def test_chunks(self):
        fields = {
            "files": page_file(),
            "convert_to_formats": "text",
            "convert_ocr_lang": ["en", "de"],
            "chunking_include_raw_text": "true",
            "include_converted_doc": "true",
        }
        answer = self.client.post("/v1/chunk/hierarchical/file", fields).json()
        [chunk] = answer["chunks"]
        self.assertEqual((chunk["text"], chunk["raw_text"]), (LINES, LINES))
        self.assertEqual((chunk["doc_items"], chunk["page_numbers"]), (["#/texts/0"], [1]))
        [document] = answer["documents"]
        self.assertEqual(document["content"]["text_content"], LINES)
        sources = [{"kind": "file", "base64_string": page_base64(), "filename": "a.png"}]
        body = {"sources": sources, "chunking_options": {"max_tokens": 6}}
        sent = self.client.post("/v1/chunk/hybrid/source/async", body, "application/json").json()
        self.assertEqual(sent["task_type"], "chunk")
        answer = self.client.get(f"/v1/result/{sent['task_id']}").json()
        self.assertEqual(" ".join(each["text"] for each in answer["chunks"]).split(), LINES.split())
        self.assertGreater(len(answer["chunks"]), 1)
        self.assertEqual(answer["documents"], [])
        for path, wrong in (
            ("hybrid", {"chunking_max_tokens": "0"}),
            ("hierarchical", {"target_type": "zip"}),
        ):
            refused = self.client.post(f"/v1/chunk/{path}/file", {"files": page_file(), **wrong})
            self.assertEqual(refused.status_code, 422)

    def test_task(self):
        sent = self.client.post(
            f"{FILE}/async", {"files": page_file(), "to_formats": ["text", "json"]}
        ).json()
        self.assertEqual((sent["task_type"], sent["task_status"]), ("convert", "success"))
        polled = self.client.get(f"/v1/status/poll/{sent['task_id']}?wait=1").json()
        self.assertEqual(polled, sent)
        document = self.client.get(f"/v1/result/{sent['task_id']}").json()["document"]
        self.assertEqual((document["filename"], document["text_content"]), ("page.png", LINES))
        self.assertIsNone(document["md_content"])
        self.assertEqual(document["json_content"]["schema_name"], "DoclingDocument")

    def test_waiting_and_failed_tasks(self):
        secret = str(uuid.uuid4())
        job = make_job(None, visitor=secret, status="queued")
        task = f"{secret}-{AnswerForm().signed()}"
        url = f"/v1/status/poll/{task}"
        self.assertEqual(self.client.get(url).json()["task_status"], "pending")
        result = self.client.get(f"/v1/result/{task}")
        self.assertEqual(result.status_code, 404)
        self.assertTrue(result.json()["detail"].startswith("Task result not found"))
        Job.objects.filter(pk=job.pk).update(status="failed", error_message="Broken.")
        status = self.client.get(url).json()
        self.assertEqual((status["task_status"], status["error_message"]), ("failure", "Broken."))

    def test_tasks_of_others_are_not_found(self):
        job = make_job(self.alice)
        form = AnswerForm().signed()
        _, token = api_keys.create(owner=self.charlie, name="k")
        for headers in ({}, {"X-Api-Key": token}):
            for path in ("status/poll", "result"):
                answer = self.client.get(f"/v1/{path}/{job.pk}-{form}", headers=headers)
                self.assertEqual(answer.status_code, 404)
                self.assertEqual(answer.json(), {"detail": "Task not found."})

    def test_keys(self):
        _, token = api_keys.create(owner=self.alice, name="k")
        accepted = ({"X-Api-Key": token}, {"X-Api-Key": f"Bearer {token}"})
        with override_settings(ANONYMOUS_OCR=False):
            for headers in (*accepted, {"Authorization": f"Bearer {token}"}):
                answer = self.client.post(FILE, {"files": page_file()}, headers=headers)
                self.assertEqual(answer.status_code, 200, headers)
            for headers in ({}, {"X-Api-Key": "wrong"}, {"Authorization": "Bearer wrong"}):
                answer = self.client.post(FILE, {"files": page_file()}, headers=headers)
                self.assertEqual(answer.status_code, 401, headers)
            self.assertEqual(self.client.get("/health").json(), {"status": "ok"})

    def test_bad_requests(self):
        pdf = {"files": page_file()}
        for fields in (
            {},
            {"files": "text"},
            {**pdf, "to_formats": "docx"},
            {**pdf, "page_range": "x"},
            {**pdf, "page_range": ["1", "9" * 5000]},
            {**pdf, "target_type": "s3"},
        ):
            answer = self.client.post(FILE, fields)
            self.assertEqual(answer.status_code, 422, fields)
            self.assertIsInstance(answer.json()["detail"], str)
            page_file().seek(0)
        broken = self.client.post(FILE, {"files": SimpleUploadedFile("a.png", b"none")})
        self.assertEqual(broken.status_code, 400)
        for body in ({"sources": "x"}, {"sources": [{"kind": "s3"}]}, {"options": 3}, []):
            answer = self.client.post(SOURCE, body, "application/json")
            self.assertIn(answer.status_code, (400, 422), body)

    def test_clients_fall_back_from_presigned_results(self):
        answer = self.source(f"{SOURCE}/async", target={"kind": "presigned_url"})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("artifact storage to be configured", answer.json()["detail"])

    def test_time_out(self):
        with (
            patch("app.services.jobs.submit.start.deliver"),
            self.settings(SYNC_SECONDS=0),
        ):
            self.assertEqual(self.client.post(FILE, {"files": page_file()}).status_code, 504)

    def test_queries_of_a_result(self):
        secret = str(uuid.uuid4())
        job_with(table_page(), visitor=secret)
        with self.assertNumQueries(2):  # the job with its upload, its pages
            self.client.get(f"/v1/result/{secret}-{AnswerForm(tuple(EXTENSIONS)).signed()}")

    @override_settings(COMPAT_DOCLING=False)
    def test_switch(self):
        self.assertEqual(self.client.post(FILE, {"files": page_file()}).status_code, 404)
        self.assertEqual(self.client.get("/health").status_code, 404)


def test_docling_client(account: Account, tmp_path):
    service_client = pytest.importorskip("docling.service_client")
    targets = pytest.importorskip("docling.datamodel.service.targets")
    path = tmp_path / "page.png"
    path.write_bytes(page_png())
    with service_client.DoclingServiceClient(url=account.url, api_key=account.key) as client:
        assert client.health().status == "ok"
        result = client.convert(source=path)
        chunked = client.chunk(source=path, chunker=service_client.ChunkerKind.HYBRID)
        job = client.submit(source=path, target=targets.ZipTarget())
        archive = job.result(timeout=60)
    assert result.status.value == "success"
    assert " ".join(chunk.text for chunk in chunked.chunks).split() == LINES.split()
    assert archive.content.startswith(b"PK")
    assert result.document.export_to_text().split() == LINES.split()
