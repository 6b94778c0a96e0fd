"""OCR.space: PyPI's `ocrspace` against the running site, and fields that it does not read."""

from __future__ import annotations

import io
from unittest.mock import patch

import httpx
import ocrspace
import pytest
from django.test import override_settings
from PIL import Image

from app.compat.ocr_space.options import Parameters
from app.ocr.errors import OcrError
from app.services.accounts import api_keys
from app.services.outbound import Answer
from app.tests.base import SiteTestCase
from app.tests.factories import encoded, image_file

from .conftest import Account
from .pictures import LINES, page_base64, page_file, page_png

TEXT = LINES.replace("\n", "\r\n") + "\r\n"
URL = "/parse/image"


@pytest.fixture
def api(account: Account) -> ocrspace.API:
    return ocrspace.API(endpoint=f"{account.url}/parse/image", api_key=account.key, OCREngine=2)


def test_client_reads_files_and_base64(api):
    assert api.ocr_file(io.BytesIO(page_png())) == TEXT
    assert api.ocr_base64(f"data:image/png;base64,{page_base64()}") == TEXT


def test_client_raises_the_services_messages(api, account):
    with pytest.raises(Exception, match="Unable to recognize the file type"):
        api.ocr_file(io.BytesIO(b"no image"))
    with pytest.raises(Exception, match=r"^Not a valid base64 image"):
        api.ocr_base64("bm8=")
    wrong = ocrspace.API(endpoint=api.endpoint, api_key="wrong")
    with pytest.raises(Exception, match=r"^The API key is invalid$"):
        wrong.ocr_file(io.BytesIO(page_png()))
    french = ocrspace.API(endpoint=api.endpoint, api_key=account.key, language="xxx")
    with pytest.raises(Exception, match="E201: Value for parameter 'language' is invalid"):
        french.ocr_file(io.BytesIO(page_png()))


def test_searchable_pdf_link_opens_without_a_key(account):
    answer = httpx.post(
        f"{account.url}/parse/image",
        data={"iscreatesearchablepdf": "true"},
        files={"url": ("scan.png", page_png())},
        headers={"apiKey": account.key},
        timeout=300,
    ).json()
    assert answer["SearchablePDFURL"].startswith(account.url)
    pdf = httpx.get(answer["SearchablePDFURL"], timeout=300)
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert httpx.get(answer["SearchablePDFURL"] + "x", timeout=300).status_code == 404


class ParseTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.key, self.token = api_keys.create(owner=self.alice, name="scanner")

    def parse(self, path: str = URL, **fields):
        answer = self.client.post(path, {"apikey": self.token, **fields})
        self.assertEqual(answer.status_code, 200, answer.content)
        return answer.json()

    def test_whole_answer(self):
        body = self.parse(file=page_file())
        self.assertEqual(
            list(body),
            [
                "ParsedResults",
                "OCRExitCode",
                "IsErroredOnProcessing",
                "ProcessingTimeInMilliseconds",
                "SearchablePDFURL",
            ],
        )
        self.assertEqual(body["OCRExitCode"], 1)
        self.assertRegex(body["ProcessingTimeInMilliseconds"], r"^\d+$")
        self.assertIn("not requested", body["SearchablePDFURL"])
        [parsed] = body["ParsedResults"]
        self.assertEqual(parsed["ParsedText"], TEXT)
        self.assertEqual(parsed["FileParseExitCode"], 1)
        self.assertEqual(parsed["TextOverlay"]["HasOverlay"], False)

    def test_overlay_has_every_word(self):
        body = self.parse(file=page_file(), isOverlayRequired="True")
        overlay = body["ParsedResults"][0]["TextOverlay"]
        self.assertEqual([line["LineText"] for line in overlay["Lines"]], LINES.split("\n"))
        first = overlay["Lines"][0]
        self.assertEqual(first["Words"][0]["WordText"], "Django")
        self.assertEqual(first["MinTop"], min(word["Top"] for word in first["Words"]))
        self.assertEqual(first["MaxHeight"], max(word["Height"] for word in first["Words"]))
        self.assertEqual(overlay["Message"], "Total lines: 2")

    def test_one_result_for_each_page_of_a_pdf(self):
        pages = [Image.open(io.BytesIO(page_png())).convert("RGB") for _ in range(2)]
        pdf = encoded(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=150)
        body = self.parse(file=image_file("two.pdf", pdf), filetype="PDF")
        self.assertEqual([page["ParsedText"] for page in body["ParsedResults"]], [TEXT, TEXT])

    def test_table_keeps_rows_together(self):
        body = self.parse(file=page_file(), isTable="true")
        rows = body["ParsedResults"][0]["ParsedText"].split("\r\n")
        self.assertEqual(
            [row.split() for row in rows[:2]], [line.split() for line in LINES.split("\n")]
        )
        self.assertTrue(rows[0].endswith("\t"))

    def test_a_leftover_url_does_not_hide_the_image(self):
        body = self.parse(
            url="http://x.invalid/", base64Image=f"data:image/png;base64,{page_base64()}"
        )
        self.assertEqual(body["ParsedResults"][0]["ParsedText"], TEXT)

    def test_url_by_get_and_post(self):
        found = Answer(200, {}, page_png(), "http://example.org/a.png")
        with patch(
            "app.services.submission.remote_files.outbound.request", return_value=found
        ) as request:
            query = {"apikey": self.token, "url": "http://example.org/a.png"}
            answer = self.client.get("/parse/imageurl", query)
            posted = self.parse(url="http://example.org/a.png")
        self.assertEqual(answer.json()["ParsedResults"][0]["ParsedText"], TEXT)
        self.assertEqual(posted["ParsedResults"][0]["ParsedText"], TEXT)
        self.assertEqual(request.call_args.args, ("GET", "http://example.org/a.png"))

    def test_urls_inside_the_network_are_refused(self):
        body = self.parse(url="http://127.0.0.1/secret.png")
        self.assertEqual(body["OCRExitCode"], 99)
        self.assertIn("not on the public Internet", body["ErrorMessage"][0])

    def test_broken_file(self):
        body = self.parse(file=image_file("broken.png", page_png()[:200]))
        self.assertEqual(body["OCRExitCode"], 3)
        self.assertEqual(body["ErrorMessage"], ["All images/pages errored in parsing"])
        self.assertEqual(body["ParsedResults"][0]["FileParseExitCode"], -10)

    def test_languages_by_its_own_codes_in_any_case(self):
        for code, languages in [
            ("ger", ("deu",)),
            ("CHS", ("chi_sim",)),
            ("Eng", ("eng",)),
            ("Latin", ("Latin",)),
        ]:
            self.assertEqual(Parameters({"language": code}).languages(), languages)

    def test_paths_in_any_case(self):
        for path in ("/parse/image/", "/Parse/Image", "/PARSE/IMAGE"):
            self.assertEqual(self.parse(path, file=page_file())["OCRExitCode"], 1)

    def test_an_unknown_language_names_those_served_in_its_own_codes(self):
        message = self.parse(file=page_file(), language="xyz")["ErrorMessage"]
        self.assertEqual(message[0], "E201: Value for parameter 'language' is invalid")
        self.assertTrue(message[1].startswith("Languages served here: auto, "), message)
        served = set(message[1].rstrip(".").rpartition(": ")[2].split(", "))
        self.assertIn("eng", served)
        self.assertFalse(served & {"deu", "chi_sim", "fra"})

    def test_bad_parameters_are_named(self):
        for name, value, told in [
            ("language", "!!", "language"),
            ("OCREngine", "9", "OCREngine"),
            ("isTable", "perhaps", "istable"),
        ]:
            body = self.parse(file=page_file(), **{name: value})
            self.assertEqual(
                body["ErrorMessage"], [f"E201: Value for parameter '{told}' is invalid"]
            )
        self.assertEqual(self.parse()["ErrorMessage"], ["No file uploaded or URL provided"])

    def test_keys(self):
        for fields, text in [
            ({}, "API Key is not specified. Please provide a valid API key."),
            ({"apikey": "wrong"}, "The API key is invalid"),
        ]:
            answer = self.client.post(URL, {"file": page_file(), **fields})
            self.assertEqual((answer.status_code, answer.json()), (403, text))
        demo = self.client.post(URL, {"file": page_file()}, headers={"apikey": "helloworld"})
        self.assertEqual(demo.json()["OCRExitCode"], 1)

    @override_settings(RATE_ACCOUNT=1)
    def test_limits_are_a_bare_string(self):
        self.parse()
        answer = self.client.post(URL, {"apikey": self.token})
        self.assertEqual(answer.status_code, 403)
        self.assertTrue(answer.json().startswith("You may only perform this action upto maximum"))
        self.assertIn("Retry-After", answer)

    def test_a_recognition_that_takes_too_long(self):
        error = OcrError("page_timeout", "Too slow.")
        with patch("app.services.submission.outcome", side_effect=error):
            body = self.parse(file=page_file())
        self.assertEqual(body["OCRExitCode"], 3)
        self.assertEqual(body["ParsedResults"][0]["ErrorMessage"], "Parsing Error: Too slow.")
