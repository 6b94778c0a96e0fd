"""`/image_label`: the requests of that service's published client."""

from __future__ import annotations

import base64
import json

from django.test import override_settings

from app.tests.base import SiteTestCase

from .pictures import LINES, page_base64, page_png


@override_settings(APP_AUTH_TOKEN=["5FDV"])
class ImageLabelTests(SiteTestCase):
    def send(self, body, key: str = "5FDV"):
        return self.client.post(f"/image_label?key={key}", body, "application/json")

    def test_lines_from_base64_and_from_its_python_repr(self):
        for text in (page_base64(), str(base64.b64encode(page_png()))):
            answer = self.send({"base64string": text})
            self.assertEqual(answer.json(), {"Ocr_Output": LINES.split("\n")})

    def test_other_names_of_json(self):
        body = json.dumps({"base64string": page_base64()})
        answer = self.client.post("/image_label?key=5FDV", body, "application/vnd.api+json")
        self.assertEqual(answer.json(), {"Ocr_Output": LINES.split("\n")})

    def test_options_need_no_key(self):
        self.assertEqual(self.client.options("/image_label").status_code, 200)

    def test_wrong_key(self):
        for key in ("", "wrong"):
            answer = self.send({"base64string": page_base64()}, key)
            self.assertEqual(answer.status_code, 401)
            refusal = {"ErrorMessage": "Authentification error", "ProcessType": "F"}
            self.assertEqual(answer.json(), {"response": refusal})

    def test_what_crashed_is_told(self):
        no_image = base64.b64encode(b"no image").decode()
        for body in (
            {},
            {"base64string": ""},
            {"base64string": "%"},
            {"base64string": no_image},
            "{",
        ):
            answer = self.send(body)
            self.assertEqual(answer.status_code, 400, body)
            self.assertEqual(answer.json()["response"]["ProcessType"], "F")
