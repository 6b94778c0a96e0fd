"""POST /api/ocr/ with the real Tesseract, run in the test's own process."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from urllib.parse import urlencode

from django.test import override_settings
from PIL import Image

from app.models import Job, Upload
from app.tests.base import SiteTestCase
from app.tests.factories import encoded, image_file, make_job, text_png

URL = "/api/ocr/"
FORM = "application/x-www-form-urlencoded"
TEXT = "Hello world 2026"


@override_settings(OCR_ENGINE="tesseract")
class RecognizeTests(SiteTestCase):
    def post(self, fields, user=None, **options):
        return self.api(user).post(URL, fields, format="multipart", **options)

    def test_answer_has_the_text_and_how_it_was_read(self):
        response = self.post(
            {"image": image_file(), "language": "eng", "engine": "tesseract"}, self.alice
        )
        self.assertEqual(response.status_code, 200, response.content)
        body = response.json()
        self.assertEqual(body["content"].strip(), TEXT)
        self.assertEqual(body["text"], body["content"])
        self.assertEqual(body["letters"], list("Helloworld"))
        self.assertEqual((body["count"], body["words"], body["lines"]), (10, 3, 1))
        self.assertEqual((body["language"], body["engine"]), ("eng", "tesseract"))
        self.assertEqual(body["file_name"], "hello.png")
        self.assertGreater(body["confidence"], 0.5)
        self.assertGreater(body["seconds"], 0)
        self.assertNotIn("blocks", body["pages"][0])
        entry = self.api(self.alice).get(body["url"]).json()
        self.assertEqual(entry["text"], body["text"])

    def test_boxes_on_request_lie_on_the_words(self):
        page = self.post({"image": image_file()}, QUERY_STRING="boxes=true").json()["pages"][0]
        words = page["blocks"][0]["lines"][0]["words"]
        self.assertEqual([word["text"] for word in words], TEXT.split())
        image = Image.open(io.BytesIO(text_png()))
        for word in words:
            ink = 255 - image.convert("L").crop(word["bbox"]).getextrema()[0]
            self.assertGreater(ink, 200, word)
        lefts = [word["bbox"][0] for word in words]
        self.assertEqual(lefts, sorted(lefts))

    def test_boxes_and_format_may_stand_in_the_body(self):
        [page] = self.post({"image": image_file(), "boxes": "true"}).json()["pages"]
        self.assertTrue(page["blocks"])
        sent = {"image": base64.b64encode(text_png()).decode(), "format": "txt"}
        file = self.api().post(URL, sent, format="json")
        self.assertEqual(b"".join(file).decode().strip(), TEXT)

    def test_language_may_be_a_tag(self):
        for tag in ("en", "en-GB", "eng,en"):
            answer = self.post({"image": image_file(), "language": tag})
            self.assertEqual(answer.json()["language"], "eng", tag)

    def test_option_out_of_range_names_its_field(self):
        answer = self.post({"image": image_file(), "psm": "99"})
        self.assertEqual(answer.json(), {"psm": ["psm must be between 0 and 13."]})

    def test_every_way_to_send_the_file(self):
        api = self.api()
        plain = base64.b64encode(text_png()).decode()
        sent = {
            "base64": api.post(URL, {"image": plain}, format="json"),
            "data URI": api.post(URL, {"image": f"data:image/png;base64,{plain}"}, format="json"),
            "form": api.post(URL, urlencode({"image": plain}), content_type=FORM),
            "raw": api.post(URL + "?name=raw.png", text_png(), content_type="image/png"),
            "octets": api.post(URL, text_png(), content_type="application/octet-stream"),
            "no slash": api.post("/api/ocr", {"image": image_file()}, format="multipart"),
            "suffix": api.post("/api/ocr.json", {"image": image_file()}, format="multipart"),
        }
        for way, response in sent.items():
            with self.subTest(way):
                self.assertEqual(response.status_code, 200, response.content)
                self.assertEqual(response.json()["content"].strip(), TEXT)
        self.assertEqual(sent["raw"].json()["file_name"], "raw.png")

    def test_blank_image_has_no_text(self):
        blank = image_file(content=encoded(Image.new("RGB", (200, 100), "white")))
        body = self.post({"image": blank}).json()
        self.assertEqual((body["content"], body["letters"], body["count"]), ("", [], 0))

    def test_anonymous_results_are_nobodys_history(self):
        body = self.post({"image": image_file()}).json()
        self.assertEqual(self.api().get(body["url"]).status_code, 401)
        self.assertEqual(self.api(self.alice).get(body["url"]).status_code, 404)
        self.assertIsNone(Job.objects.get().owner)

    @override_settings(ANONYMOUS_OCR=False)
    def test_anonymous_use_can_be_turned_off(self):
        self.assertEqual(self.post({"image": image_file()}).status_code, 401)
        self.assertEqual(self.post({"image": image_file()}, self.alice).status_code, 200)

    def test_basic_and_garbage_credentials(self):
        wrong = "Basic " + base64.b64encode(b"alice:wrong").decode()
        response = self.post({"image": image_file()}, headers={"Authorization": wrong})
        self.assertEqual(response.status_code, 401)
        self.assertEqual(response["WWW-Authenticate"], 'Basic realm="api"')
        self.assertEqual(response.json()["detail"], "Invalid username/password.")
        bearer = self.post({"image": image_file()}, headers={"Authorization": "Bearer junk"})
        self.assertEqual((bearer.status_code, bearer.json()["code"]), (401, "token_not_valid"))
        unknown = self.post({"image": image_file()}, headers={"Authorization": "JWT junk"})
        self.assertEqual(unknown.status_code, 200)


class BadInputTests(SiteTestCase):
    """Each a specific 4xx in the documented shape, and nothing half-stored."""

    def refused(self, response, status: int, field: str = "detail") -> str:
        self.assertEqual(response.status_code, status, response.content)
        body = response.json()
        self.assertIn(field, body)
        self.assertEqual((Job.objects.count(), Upload.objects.count()), (0, 0))
        files = [path for path in Path(self.media).rglob("*") if path.is_file()]
        self.assertEqual(files, [])
        return body[field] if isinstance(body[field], str) else body[field][0]

    def image(self, content: bytes, name: str = "page.png"):
        with self.captureOnCommitCallbacks(execute=True):
            return self.api().post(URL, {"image": image_file(name, content)}, format="multipart")

    def test_files_that_are_no_images(self):
        photo = encoded(Image.effect_noise((400, 300), 90), "JPEG")
        for name, content, words in (
            ("empty", b"", "The submitted file is empty."),
            ("text named .png", b"just words\n" * 50, "Upload a valid image."),
            ("truncated JPEG", photo[: len(photo) // 2], "Upload a valid image."),
            ("truncated PNG", text_png()[:200], "Upload a valid image."),
            ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Upload a valid image."),
        ):
            with self.subTest(name):
                message = self.refused(self.image(content), 400, "image")
                self.assertTrue(message.startswith(words), message)

    def test_length_that_is_no_number(self):
        for url in (URL, "/api/batches/", "/image_label"):
            with self.subTest(url):
                json = {"content_type": "application/json", "CONTENT_LENGTH": "many"}
                answer = self.client.generic("POST", url, b"{}", **json)
                self.assertIn(answer.status_code, (400, 401))

    def test_missing_or_wrong_field(self):
        api = self.api()
        for body in ({}, {"image": None}):
            message = self.refused(api.post(URL, body, format="json"), 400, "image")
            self.assertEqual(message, "No file was submitted.")
        self.refused(api.post(URL, {"image": 5}, format="json"), 400, "image")
        self.refused(api.post(URL, {"image": ["x"]}, format="json"), 400, "image")
        self.assertIn(
            "base64", self.refused(api.post(URL, {"image": "%%%"}, format="json"), 400, "image")
        )

    def test_bad_bodies(self):
        api = self.api()
        broken = api.post(URL, "{", content_type="application/json")
        self.assertTrue(self.refused(broken, 400).startswith("JSON parse error"))
        listed = api.post(URL, "[1]", content_type="application/json")
        self.assertEqual(listed.status_code, 400)
        text = api.post(URL, "words", content_type="text/plain")
        self.assertEqual(self.refused(text, 415), 'Unsupported media type "text/plain" in request.')
        self.assertEqual(self.refused(api.get(URL), 405), 'Method "GET" not allowed.')

    def test_unknown_language_lists_the_installed_ones_and_says_how_to_add_it(self):
        fields = {"image": image_file(), "language": "tlh", "engine": "tesseract"}
        message = self.refused(self.api().post(URL, fields, format="multipart"), 400, "language")
        self.assertIn("eng", message)
        self.assertIn("tesseract-ocr-tlh", message)
        fields = {"image": image_file(), "language": "../../etc"}
        self.refused(self.api().post(URL, fields, format="multipart"), 400, "language")

    def test_unknown_engine_and_bad_options(self):
        for name, value in {
            "engine": "magic",
            "psm": "99",
            "region": "1,2",
            "rotate": "45",
        }.items():
            with self.subTest(name):
                fields = {"image": image_file(), name: value}
                response = self.api().post(URL, fields, format="multipart")
                self.assertEqual(response.status_code, 400, response.content)
                self.assertEqual(Upload.objects.count(), 0)

    @override_settings(ANONYMOUS_MAX_BYTES=1000, ACCOUNT_MAX_BYTES=100_000)
    def test_size_limits_of_visitors_and_accounts(self):
        content = text_png(TEXT * 3)
        self.assertGreater(len(content), 1000)
        for body, kind in (
            ({"image": image_file(content=content)}, "multipart"),
            ({"image": base64.b64encode(content).decode()}, "json"),
        ):
            message = self.refused(self.api().post(URL, body, format=kind), 413)
            self.assertIn("limit is 0.001 MB", message)
        raw = self.api().post(URL, content, content_type="image/png")
        self.refused(raw, 413)
        huge = self.api().post(URL, b"x" * 300_000, content_type="image/png")
        self.refused(huge, 413)
        fields = {"image": image_file(content=content), "engine": "tesseract"}
        self.assertEqual(
            self.api(self.alice).post(URL, fields, format="multipart").status_code, 200
        )


class CatalogTests(SiteTestCase):
    def test_engines_and_languages(self):
        engines = {entry["name"]: entry for entry in self.client.get("/api/engines/").json()}
        self.assertTrue(engines["tesseract"]["available"])
        self.assertIn("eng", engines["tesseract"]["languages"])
        languages = {entry["code"]: entry for entry in self.client.get("/api/languages/").json()}
        self.assertIn("tesseract", languages["eng"]["engines"])
        self.assertEqual(languages["eng"]["name"], "English")


class DocsTests(SiteTestCase):
    def test_swagger_page_and_document(self):
        for path in ("/docs/", "/docs", "/redoc/"):
            self.assertEqual(self.client.get(path).status_code, 200, path)
        document = self.client.get("/docs/swagger.json").json()
        self.assertIn(
            "/api/ocr/", {document["basePath"].rstrip("/") + p for p in document["paths"]}
        )

    def test_document_is_also_where_generators_look_for_it(self):
        document = self.client.get("/openapi.json").json()
        self.assertEqual(document, self.client.get("/docs/swagger.json").json())

    def test_no_path_is_described_twice(self):
        paths = self.client.get("/docs/swagger.json").json()["paths"]
        self.assertEqual([path for path in paths if "{format}" in path], [])

    def test_every_operation_is_described(self):
        document = self.client.get("/docs/swagger.json").json()
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                if method != "parameters":
                    self.assertTrue(operation.get("description"), f"{method} {path}")

    def test_page_loads_nothing_from_elsewhere(self):
        for path in ("/docs/", "/redoc/"):
            html = self.client.get(path).content.decode()
            self.assertNotRegex(html, r'(?:src|href)="(?:https?:)?//', path)


class VisitorTests(SiteTestCase):
    def test_owner_of_job_sees_it_and_visitor_secret_is_needed_for_anonymous_ones(self):
        job = make_job(None, visitor="v" * 43)
        self.assertIn(job, Job.objects.visible_to(self.bob))
        self.assertNotIn(job, Job.objects.visible_to(self.alice, "v" * 43))
