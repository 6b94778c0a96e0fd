"""Azure: the three SDKs against the running site, chunked bodies included."""

from __future__ import annotations

import io
import time
from typing import Any
from unittest.mock import patch

import httpx
import pytest
from azure.ai.documentintelligence import DocumentIntelligenceClient
from azure.ai.documentintelligence.models import AnalyzeDocumentRequest
from azure.ai.vision.imageanalysis import ImageAnalysisClient
from azure.ai.vision.imageanalysis.models import VisualFeatures
from azure.cognitiveservices.vision.computervision import ComputerVisionClient
from azure.cognitiveservices.vision.computervision.models import (
    ComputerVisionOcrErrorException,
    OperationStatusCodes,
)
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError
from msrest.authentication import CognitiveServicesCredentials
from PIL import Image

from app.services.outbound import Answer
from app.tests.base import SiteTestCase
from app.tests.factories import encoded, make_job, text_png

from .conftest import Account
from .pictures import LINES, page_base64, page_file, page_png

READ = "/vision/v3.2/read/analyze"
ANALYSIS = "/computervision/imageanalysis:analyze"
DOCUMENT = "/documentintelligence/documentModels/prebuilt-read"


def reader(account: Account, key: str = "") -> ComputerVisionClient:
    return ComputerVisionClient(account.url, CognitiveServicesCredentials(key or account.key))


def documents(account: Account) -> DocumentIntelligenceClient:
    return DocumentIntelligenceClient(account.url, AzureKeyCredential(account.key))


def analysis(account: Account) -> ImageAnalysisClient:
    return ImageAnalysisClient(account.url, AzureKeyCredential(account.key))


def test_read_sdk_sends_chunks_and_polls(account):
    client = reader(account)
    sent = client.read_in_stream(io.BytesIO(page_png()), language="en", raw=True)
    operation = sent.headers["Operation-Location"].rsplit("/", 1)[1]
    for _ in range(600):
        result = client.get_read_result(operation)
        if result.status not in (OperationStatusCodes.not_started, OperationStatusCodes.running):
            break
        time.sleep(0.1)
    assert result.status == OperationStatusCodes.succeeded
    [page] = result.analyze_result.read_results
    assert [line.text for line in page.lines] == LINES.split("\n")
    assert (page.width, page.height) == Image.open(io.BytesIO(page_png())).size
    assert (page.unit, page.angle) == ("pixel", pytest.approx(0, abs=1))
    assert len(page.lines[0].words[0].bounding_box) == 8


def test_ocr_of_the_sdk(account):
    result = reader(account).recognize_printed_text_in_stream(
        io.BytesIO(page_png()), detect_orientation=True
    )
    [region] = result.regions
    assert [[word.text for word in line.words] for line in region.lines] == [
        line.split() for line in LINES.split("\n")
    ]
    assert (result.orientation, result.text_angle, result.language) == ("Up", 0, "en")
    left, top, width, height = map(int, region.lines[0].words[0].bounding_box.split(","))
    assert left >= 0 < top
    assert width > height > 10


def test_read_sdk_raises_azures_errors(account):
    with pytest.raises(ComputerVisionOcrErrorException) as caught:
        reader(account).read_in_stream(io.BytesIO(b"no image"))
    error = caught.value.response.json()["error"]
    assert (error["code"], error["innererror"]["code"]) == ("InvalidRequest", "InvalidImageFormat")
    with pytest.raises(ComputerVisionOcrErrorException) as caught:
        reader(account, "wrong").read_in_stream(io.BytesIO(page_png()))
    assert caught.value.response.json()["error"]["code"] == "401"


def test_image_analysis_sdk(account):
    client = analysis(account)
    result = client.analyze(page_png(), visual_features=[VisualFeatures.READ])
    lines = [line for block in result.read.blocks for line in block.lines]
    assert [line.text for line in lines] == LINES.split("\n")
    assert [word.text for line in lines for word in line.words] == LINES.split()
    quickstart = client.analyze(
        page_png(), visual_features=[VisualFeatures.CAPTION, VisualFeatures.READ]
    )
    assert quickstart.caption is None
    assert quickstart.read.blocks
    with pytest.raises(HttpResponseError, match="Only the feature"):
        client.analyze(page_png(), visual_features=[VisualFeatures.CAPTION])


def test_document_sdk_as_a_paperless_site_uses_it(account):
    """The four calls of paperless-ngx's remote engine."""
    client = documents(account)
    poller = client.begin_analyze_document(
        model_id="prebuilt-read",
        body=AnalyzeDocumentRequest(bytes_source=page_png()),
        output_content_format="text",
        output=["pdf"],
    )
    poller.wait()
    operation = poller.details["operation_id"]
    result = poller.result()
    assert result.content == LINES
    pdf = b"".join(client.get_analyze_result_pdf(model_id="prebuilt-read", result_id=operation))
    assert pdf.startswith(b"%PDF-")


def test_document_sdk_spans_point_into_the_content(account):
    result = documents(account).begin_analyze_document("prebuilt-read", page_png()).result()
    [page] = result.pages
    for part in (*page.words, *(line for line in page.lines)):
        span = part.span if "span" in part else part.spans[0]
        assert result.content[span.offset : span.offset + span.length] == part.content
    assert [paragraph.content for paragraph in result.paragraphs] == [LINES.replace("\n", " ")]


def test_documents_of_others_are_not_found(account):
    operation = start_document(account)
    url = f"{account.url}{DOCUMENT}/analyzeResults/{operation}"
    assert httpx.get(url, timeout=300).status_code == 404
    assert httpx.get(f"{url}/pdf", timeout=300).status_code == 404


def start_document(account: Account) -> str:
    sent = httpx.post(
        f"{account.url}{DOCUMENT}:analyze",
        content=page_png(),
        headers={
            "Ocp-Apim-Subscription-Key": account.key,
            "Content-Type": "application/octet-stream",
        },
        timeout=300,
    )
    assert sent.status_code == 202, sent.text
    return sent.headers["Operation-Location"].rsplit("/", 1)[1].partition("?")[0]


class AzureTests(SiteTestCase):
    def poll(self, location: str):
        return self.client.get(location.replace("http://testserver", "")).json()

    def test_read_of_a_pdf_is_measured_in_inches(self):
        image = Image.open(io.BytesIO(page_png())).convert("RGB")
        pdf = encoded(image, "PDF", resolution=100)
        sent = self.client.post(READ, pdf, "application/pdf")
        self.assertEqual((sent.status_code, sent.content), (202, b""))
        page = self.poll(sent["Operation-Location"])["analyzeResult"]["readResults"][0]
        self.assertEqual(page["unit"], "inch")
        self.assertAlmostEqual(page["width"], image.width / 100, places=1)

    def test_read_of_a_url(self):
        found = Answer(200, {}, page_png(), "http://example.org/a.png")
        with patch("app.services.submission.remote_files.outbound.request", return_value=found):
            sent = self.client.post(READ, {"url": "http://example.org/a.png"}, "application/json")
        self.assertEqual(self.poll(sent["Operation-Location"])["status"], "succeeded")
        inside = self.client.post(READ, {"url": "http://10.0.0.1/"}, "application/json")
        self.assertEqual(inside.status_code, 400)
        self.assertEqual(inside.json()["error"]["innererror"]["code"], "InvalidImageURL")

    def test_a_sideways_picture_has_its_angle_and_boxes_on_it(self):
        lines = "\n".join(
            ["This is a lot of plain text to test", "the reading of turned pages"] * 4
        )
        upright = Image.open(io.BytesIO(text_png(lines)))
        turned = upright.transpose(Image.Transpose.ROTATE_90)
        sent = self.client.post(READ, encoded(turned), "image/png")
        page = self.poll(sent["Operation-Location"])["analyzeResult"]["readResults"][0]
        self.assertEqual((page["width"], page["height"]), turned.size)
        self.assertAlmostEqual(page["angle"], -90, delta=1)
        left, top, *_ = page["lines"][0]["boundingBox"]
        self.assertGreater(top, turned.height * 0.8)
        self.assertLess(left, turned.width * 0.3)

    def test_states(self):
        for status, expected in [
            ("queued", "running"),
            ("running", "running"),
            ("failed", "failed"),
        ]:
            task = f"00000000-0000-4000-8000-00000000000{len(status) % 10}"
            make_job(None, visitor=task, status=status)
            read = self.client.get(f"/vision/v3.2/read/analyzeResults/{task}").json()
            self.assertEqual(read["status"], expected)
            self.assertNotIn("analyzeResult", read)
            pdf = self.client.get(f"{DOCUMENT}/analyzeResults/{task}/pdf")
            self.assertEqual(pdf.status_code, 404)

    def test_faults(self):
        for path, body, kind, inner in [
            (READ, b"no image", "application/octet-stream", "InvalidImageFormat"),
            (READ, b"", "application/octet-stream", "InvalidImageSize"),
            (READ + "?language=tlh", page_png(), "image/png", "NotSupportedLanguage"),
            (f"{DOCUMENT}:analyze", b'{"base64Source": "%"}', "application/json", "InvalidContent"),
            (f"{ANALYSIS}?features=read", b"no image", "image/png", "InvalidImageFormat"),
        ]:
            with self.subTest(path=path, body=body[:9]):
                answer = self.client.post(path, body, kind)
                self.assertEqual(answer.status_code, 400)
                error = answer.json()["error"]
                self.assertEqual(error["code"], "InvalidRequest")
                self.assertEqual(error["innererror"]["code"], inner)

    def test_offsets_in_utf16_where_the_client_counts_so(self):
        operation = "00000000-0000-4000-8000-000000000001"
        make_job(None, visitor=operation, text="\U0001f600 smile")
        url = f"{DOCUMENT}/analyzeResults/{operation}?stringIndexType="
        for index, offset in [("unicodeCodePoint", 2), ("utf16CodeUnit", 3)]:
            words = self.client.get(url + index).json()["analyzeResult"]["pages"][0]["words"]
            self.assertEqual(words[1]["span"], {"offset": offset, "length": 5})

    def markdown(self, text: str) -> dict[str, Any]:
        operation = "00000000-0000-4000-8000-000000000002"
        make_job(None, visitor=operation, text=text)
        url = f"{DOCUMENT}/analyzeResults/{operation}?outputContentFormat=markdown"
        result: dict[str, Any] = self.client.get(url).json()["analyzeResult"]
        return result

    def test_markdown_and_its_spans(self):
        result = self.markdown("a*b costs $5\n1. first")
        self.assertEqual(result["contentFormat"], "markdown")
        self.assertIn("a\\*b costs \\$5", result["content"])
        for word in result["pages"][0]["words"][:3]:
            start, length = word["span"]["offset"], word["span"]["length"]
            spelled = result["content"][start : start + length]
            self.assertEqual(spelled.replace("\\", ""), word["content"])

    def test_format_is_kept_for_the_result_and_unknown_ones_are_refused(self):
        url = f"{DOCUMENT}:analyze?outputContentFormat="
        sent = self.client.post(f"{url}markdown", page_png(), "image/png")
        result = self.poll(sent["Operation-Location"])["analyzeResult"]
        self.assertEqual(result["contentFormat"], "markdown")
        refused = self.client.post(f"{url}latex", page_png(), "image/png")
        self.assertEqual(refused.status_code, 400)

    def test_other_models_and_operations_are_not_found_in_azures_shape(self):
        for path in (
            "/documentintelligence/documentModels/prebuilt-invoice:analyze",
            "/formrecognizer/documentModels/prebuilt-read/analyzeBatch",
            "/vision/v3.2/describe",
        ):
            answer = self.client.post(path, page_png(), "image/png")
            self.assertEqual(answer.status_code, 404)
            self.assertEqual(answer.json()["error"]["code"], "NotFound")

    def test_older_versions_of_read(self):
        for version, answered in [("3.0", "3.0.0"), ("3.1", "3.1.0"), ("3.1-preview.2", "3.1.0")]:
            sent = self.client.post(f"/vision/v{version}/read/analyze", page_png(), "image/png")
            self.assertIn(f"/vision/v{version}/read/analyzeResults/", sent["Operation-Location"])
            result = self.poll(sent["Operation-Location"])["analyzeResult"]
            self.assertEqual(result["version"], answered)
            self.assertEqual(len(result["readResults"][0]["lines"]), 2)

    def test_ocr_of_forms_urls_and_turned_pictures(self):
        lines = "\n".join(["This is a lot of plain text to test", "how turned pages are read"] * 4)
        turned = Image.open(io.BytesIO(text_png(lines))).transpose(Image.Transpose.ROTATE_90)
        for version in ("1.0", "2.0", "2.1", "3.2"):
            url = f"/vision/v{version}/ocr?language=unk&detectOrientation=true"
            answer = self.client.post(url, {"file": page_file()}).json()
            self.assertEqual(answer["orientation"], "Up")
        answer = self.client.post(url, encoded(turned), "image/png").json()
        self.assertEqual(answer["orientation"], "Left")
        _left, top, width, height = map(
            int, answer["regions"][0]["lines"][0]["boundingBox"].split(",")
        )
        self.assertGreater(height, width)
        self.assertEqual(top + height > turned.height * 0.8, True)
        missing = self.client.post(url, b"{}", "application/json")
        self.assertEqual(missing.json()["error"]["code"], "InvalidRequest")

    def test_json_with_base64(self):
        sent = self.client.post(
            f"{DOCUMENT}:analyze", {"base64Source": page_base64()}, "application/json"
        )
        self.assertEqual(self.poll(sent["Operation-Location"])["analyzeResult"]["content"], LINES)
