"""JSON that would exhaust the parser or cannot be stored as text is a 400."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from app.http.bodies.json import parsed_json
from app.http.bodies.size import LARGEST_BODY
from app.tests.base import SiteTestCase
from app.tests.factories import make_job

NESTED = "[" * 100_000
MANY = "[" + "[]," * 1_000_000 + "1]"
HALF_A_PAIR = '{"image": "\\ud800", "requests": "\\ud800", "username": "\\ud800"}'


class JsonBodyTests(SiteTestCase):
    def test_every_contract_refuses_what_cannot_be_read(self):
        for path in (
            "/api/ocr/",
            "/api/batches/",
            "/api/register/",
            "/api/token_refresh/",
            "/v1/images:annotate",
            "/vision/v3.2/read/analyze",
            "/base64",
        ):
            for body in (NESTED, HALF_A_PAIR):
                with self.subTest(path, body=body[:20]):
                    answer = self.client.post(path, body, "application/json")
                    self.assertEqual(answer.status_code, 400, answer.content)

    def test_what_takes_no_file_takes_no_large_body(self):
        """A body of 200 MB would take gigabytes of memory."""
        large = {"username": "x" * LARGEST_BODY}
        api = self.api(self.alice)
        for path in ("/api/token_obtain_pair/", "/api/register/", "/api/token_verify/"):
            for kind in ("application/json", "application/x-www-form-urlencoded"):
                with self.subTest(path, kind=kind):
                    body = json.dumps(large) if kind.endswith("json") else urlencode(large)
                    answer = api.post(path, body, content_type=kind)
                    self.assertEqual(answer.status_code, 413, answer.content[:100])
                    self.assertEqual(answer.json()["code"], "file_too_large")

    def test_field_of_a_form_with_files_has_a_limit_too(self):
        with self.settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
            answer = self.client.post("/api/batches/", {"name": "x" * 2000})
        self.assertEqual((answer.status_code, answer.json()["code"]), (413, "file_too_large"))

    def test_long_corrections_are_no_large_bodies(self):
        job = make_job(self.alice)
        text = "\N{SNOWMAN}" * 300_000  # escaped: six bytes each
        change = self.api(self.alice).patch(f"/api/history/{job.pk}/", {"corrected_text": text})
        self.assertEqual(change.status_code, 200)

    def test_fastapis_own_answer(self):
        for body in (NESTED, '{"image_data": 5, "other": "\\ud800"}'):
            answer = self.client.post("/image-sync", body, "application/json")
            self.assertEqual(answer.status_code, 422)
            self.assertEqual(answer.json()["detail"][0]["type"], "json_invalid")


def test_pairs_of_surrogates_are_one_character():
    assert parsed_json(json.dumps(["\U0001f600"])) == ["\U0001f600"]


REFUSED = ["NaN", "[1e400]", "[Infinity]", NESTED, MANY, '["\\udc00"]', '{"\\udbff": 1}']


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        parsed_json(text)
