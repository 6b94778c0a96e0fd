"""JSON that Python's parser dies of, or that no text can hold, is the sender's fault: a 400."""

from __future__ import annotations

import json

import pytest

from app.api.json_bodies import parsed_json
from app.tests.base import SiteTestCase

NESTED = "[" * 100_000
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

    def test_fastapis_own_answer(self):
        for body in (NESTED, '{"image_data": 5, "other": "\\ud800"}'):
            answer = self.client.post("/image-sync", body, "application/json")
            self.assertEqual(answer.status_code, 422)
            self.assertEqual(answer.json()["detail"][0]["type"], "json_invalid")


def test_pairs_of_surrogates_are_one_character():
    assert parsed_json(json.dumps(["\U0001f600"])) == ["\U0001f600"]


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", NESTED, '["\\udc00"]', '{"\\udbff": 1}'])
def test_what_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        parsed_json(text)
