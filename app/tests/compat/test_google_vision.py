"""Google Vision: google-cloud-vision over REST and the discovery client on the running site."""

from __future__ import annotations

import base64
import io
import json
from unittest.mock import patch

import pytest
from django.test import override_settings
from google.api_core.exceptions import BadRequest
from google.cloud import vision
from googleapiclient.discovery import build
from PIL import Image

from app.models import Job
from app.ocr.errors import OcrError
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import encoded

from .conftest import Account
from .pictures import LINES, page_base64, page_png

TEXT = LINES + "\n"
URL = "/v1/images:annotate"
BLANK = encoded(Image.new("RGB", (300, 200), "white"))


def sdk(account: Account, key: str = "") -> vision.ImageAnnotatorClient:
    options = {"api_endpoint": account.url, "api_key": key or account.key}
    return vision.ImageAnnotatorClient(transport="rest", client_options=options)


def two_pages() -> bytes:
    pages = [Image.open(io.BytesIO(page_png())).convert("RGB") for _ in range(2)]
    return encoded(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=150)


def test_sdk_text_detection(account):
    answer = sdk(account).text_detection(image=vision.Image(content=page_png()))
    whole, *words = answer.text_annotations
    assert (whole.description, whole.locale) == (TEXT, "en")
    assert [word.description for word in words] == LINES.split()
    width, height = Image.open(io.BytesIO(page_png())).size
    for word in words:
        top_left, _, bottom_right, _ = word.bounding_poly.vertices
        assert 0 < top_left.x < bottom_right.x < width
        assert 0 < top_left.y < bottom_right.y < height


def test_sdk_document_text_detection_goes_down_to_symbols(account):
    answer = sdk(account).document_text_detection(image=vision.Image(content=page_png()))
    full = answer.full_text_annotation
    assert full.text == TEXT
    assert rebuilt(full) == TEXT
    word = full.pages[0].blocks[0].paragraphs[0].words[0]
    assert 0.5 < word.confidence <= 1


def rebuilt(full: vision.TextAnnotation) -> str:
    """The text, rebuilt from symbols and breaks alone."""
    kinds = vision.TextAnnotation.DetectedBreak.BreakType
    pauses = {kinds.SPACE: " ", kinds.EOL_SURE_SPACE: "\n", kinds.LINE_BREAK: "\n"}
    return "".join(
        symbol.text + pauses.get(symbol.property.detected_break.type_, "")
        for page in full.pages
        for block in page.blocks
        for paragraph in block.paragraphs
        for word in paragraph.words
        for symbol in word.symbols
    )


def test_sdk_batch_tells_each_images_fault_apart(account):
    feature = vision.Feature(type_=vision.Feature.Type.TEXT_DETECTION)
    images = [vision.Image(content=content) for content in (b"no image", BLANK, page_png())]
    requests = [vision.AnnotateImageRequest(image=image, features=[feature]) for image in images]
    broken, blank, good = sdk(account).batch_annotate_images(requests=requests).responses
    assert (broken.error.code, broken.error.message) == (3, "Bad image data.")
    assert (len(blank.text_annotations), blank.error.code) == (0, 0)
    assert good.text_annotations[0].description == TEXT


def test_sdk_reads_the_pages_of_a_pdf(account):
    request = vision.AnnotateFileRequest(
        input_config=vision.InputConfig(content=two_pages(), mime_type="application/pdf"),
        features=[vision.Feature(type_=vision.Feature.Type.DOCUMENT_TEXT_DETECTION)],
        pages=[2],
    )
    [file] = sdk(account).batch_annotate_files(requests=[request]).responses
    assert [page.context.page_number for page in file.responses] == [2]
    assert file.responses[0].full_text_annotation.text == TEXT


def test_sdk_wrong_key(account):
    with pytest.raises(BadRequest, match="Please pass a valid API key"):
        sdk(account, "wrong").text_detection(image=vision.Image(content=page_png()))


def test_discovery_client(account):
    service = build(
        "vision",
        "v1",
        developerKey=account.key,
        client_options={"api_endpoint": account.url},
        static_discovery=True,
    )
    request = {"image": {"content": page_base64()}, "features": [{"type": "TEXT_DETECTION"}]}
    answer = service.images().annotate(body={"requests": [request]}).execute()
    assert answer["responses"][0]["fullTextAnnotation"]["text"] == TEXT


class AnnotateTests(SiteTestCase):
    def annotate(self, path: str = URL, user_key: str = "", **one):
        one = {"features": [{"type": 5}], **one}
        query = f"?key={user_key}" if user_key else ""
        return self.client.post(path + query, {"requests": [one]}, "application/json")

    def test_every_path_and_hints(self):
        for path in (
            "/v1/projects/p/images:annotate",
            "/v1/projects/p/locations/eu/images:annotate",
        ):
            answer = self.annotate(
                path,
                image={"content": page_base64()},
                imageContext={"languageHints": ["en-GB", "tlh", "xx"]},
            )
            self.assertEqual(answer.json()["responses"][0]["fullTextAnnotation"]["text"], TEXT)
        self.assertEqual(Job.objects.first().language, "eng")

    def test_faults_of_one_image(self):
        for image, code in [
            ({"content": "%"}, 3),
            ({}, 3),
            ("x", 3),
            ({"source": {"imageUri": "http://127.0.0.1/a.png"}}, 7),
            ({"source": {"gcsImageUri": "gs://bucket/a.png"}}, 7),
        ]:
            with self.subTest(image=image):
                answer = self.annotate(image=image)
                self.assertEqual(answer.status_code, 200)
                self.assertEqual(answer.json()["responses"][0]["error"]["code"], code)
        answer = self.annotate(
            image={"content": page_base64()}, features=[{"type": "FACE_DETECTION"}]
        )
        self.assertEqual(answer.json()["responses"][0]["error"]["code"], 3)
        with patch("app.services.submission.outcome", side_effect=OcrError("page_timeout", "Slow")):
            answer = self.annotate(image={"content": page_base64()})
        self.assertEqual(answer.json()["responses"][0]["error"]["code"], 4)

    def test_faults_of_the_request(self):
        for body in ("{", "[]", '{"requests": 5}', '{"requests": [5]}'):
            answer = self.client.post(URL, body, "application/json")
            self.assertEqual(answer.status_code, 400, body)
            self.assertEqual(answer.json()["error"]["status"], "INVALID_ARGUMENT")
        many = {"requests": [{"features": []}] * 17}
        self.assertEqual(self.client.post(URL, many, "application/json").status_code, 400)

    def test_keys_and_limits(self):
        refused = self.annotate(user_key="wrong", image={})
        self.assertEqual(refused.status_code, 400)
        error = refused.json()["error"]
        self.assertEqual(error["status"], "INVALID_ARGUMENT")
        self.assertEqual(error["details"][0]["reason"], "API_KEY_INVALID")
        _, token = api_keys.create(owner=self.alice, name="slow", requests_per_minute=1)
        self.annotate(user_key=token, image={})
        limited = self.annotate(user_key=token, image={})
        self.assertEqual(limited.status_code, 429)
        self.assertEqual(limited.json()["error"]["status"], "RESOURCE_EXHAUSTED")
        with override_settings(ANONYMOUS_OCR=False):
            self.assertEqual(self.annotate(image={}).status_code, 403)

    def test_tokens_of_google_are_refused_and_those_of_the_site_are_not(self):
        body = {"requests": []}
        _, token = api_keys.create(owner=self.alice, name="bearer")
        for sent, status in [("ya29.token", 401), (token, 200)]:
            headers = {"Authorization": f"Bearer {sent}"}
            answer = self.client.post(URL, body, "application/json", headers=headers)
            self.assertEqual(answer.status_code, status)
        headers = {"Authorization": "Bearer ya29.token", "X-Goog-Api-Key": token}
        both = self.client.post(URL, body, "application/json", headers=headers)
        self.assertEqual(both.status_code, 200)

    def test_beta_versions_and_other_content_types(self):
        one = {"image": {"content": page_base64()}, "features": [{"type": "TEXT_DETECTION"}]}
        for version in ("v1p1beta1", "v1p3beta1", "v1p4beta1"):
            answer = self.annotate(f"/{version}/images:annotate", **one)
            self.assertEqual(answer.json()["responses"][0]["fullTextAnnotation"]["text"], TEXT)
        body = json.dumps({"requests": [one]})
        answer = self.client.generic("POST", URL, body, "text/plain;charset=UTF-8")
        self.assertEqual(answer.json()["responses"][0]["fullTextAnnotation"]["text"], TEXT)

    def test_pages_from_the_end(self):
        content = base64.b64encode(two_pages()).decode()
        for pages, read in [([1, 2, -1], [1, 2]), ([-1], [2]), ([-2], [1])]:
            file = {"inputConfig": {"content": content}, "pages": pages}
            [found] = self.annotate("/v1/files:annotate", **file).json()["responses"]
            self.assertEqual([each["context"]["pageNumber"] for each in found["responses"]], read)
        for pages in ([0], [-3], [True], ["1"]):
            file = {"inputConfig": {"content": content}, "pages": pages}
            [found] = self.annotate("/v1/files:annotate", **file).json()["responses"]
            self.assertEqual(found["error"]["code"], 3)

    @override_settings(ANONYMOUS_MAX_BYTES=1000)
    def test_a_large_image(self):
        answer = self.annotate(image={"content": page_base64()})
        self.assertEqual(answer.json()["responses"][0]["error"]["code"], 3)
