"""Size limits of vendor APIs: larger where there is no place for a key, and stated for the file
itself."""

from __future__ import annotations

import base64
import json

from django.test import override_settings

from app.tests.base import SiteTestCase
from app.tests.factories import image_file

from .pictures import page_base64, page_file, page_png


@override_settings(ANONYMOUS_MAX_BYTES=1000)
class SizeTests(SiteTestCase):
    def test_callers_that_cannot_sign_in_may_send_what_accounts_may(self):
        self.assertGreater(len(page_png()), 1000)
        options = json.dumps({"languages": ["eng"]})
        for path, body, kind in [
            ("/image-sync", {"image_data": page_base64()}, "application/json"),
            ("/image", {"image_data": page_base64()}, "application/json"),
            ("/base64", {"base64": page_base64()}, "application/json"),
        ]:
            answer = self.client.post(path, body, kind)
            self.assertEqual(answer.status_code, 200, answer.content)
        for path, body in [
            ("/file", {"file": page_file()}),
            ("/tesseract", {"file": page_file(), "options": options}),
        ]:
            self.assertEqual(self.client.post(path, body).status_code, 200, path)

    @override_settings(ACCOUNT_MAX_BYTES=300_000)
    def test_the_message_has_the_size_of_the_file_and_no_advice_without_use(self):
        large = base64.b64encode(b"x" * 600_000).decode()
        answer = self.client.post("/image-sync", {"image_data": large}, "application/json")
        self.assertEqual(answer.status_code, 413)
        told = "The file has 0.6 MB; the limit is 0.3 MB. Send a smaller one."
        self.assertEqual(answer.json(), {"detail": told})
        file = image_file("a.png", b"x" * 600_000)
        answer = self.client.post("/file", {"file": file})
        self.assertEqual(answer.json(), {"error": told})

    def test_visitors_that_could_sign_in_are_told_so(self):
        body = {"requests": [{"image": {"content": page_base64()}, "features": [{"type": 5}]}]}
        answer = self.client.post("/v1/images:annotate", body, "application/json")
        [one] = answer.json()["responses"]
        self.assertIn("or sign in, as accounts may send more", one["error"]["message"])
