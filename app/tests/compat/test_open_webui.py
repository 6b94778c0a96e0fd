"""Open WebUI's external loader: the request of its ExternalDocumentLoader."""

from __future__ import annotations

from django.test import override_settings

from app.services.accounts import api_keys
from app.tests.base import SiteTestCase

from .pictures import LINES, page_png, two_page_pdf


class ProcessTests(SiteTestCase):
    def send(self, body: bytes, **headers: str):
        named = {"X-Filename": "Rechnung%20M%C3%A4rz.png", **headers}
        return self.client.put("/process", body, content_type="image/png", headers=named)

    def test_one_page(self):
        answer = self.send(page_png()).json()
        self.assertEqual(answer["page_content"], LINES)
        metadata = answer["metadata"]
        self.assertEqual((metadata["source"], metadata["page"]), ("Rechnung März.png", 0))

    def test_longer_documents_are_a_list(self):
        answer = self.send(two_page_pdf()).json()
        self.assertEqual([document["page_content"] for document in answer], [LINES] * 2)
        self.assertEqual([document["metadata"]["page"] for document in answer], [0, 1])

    def test_keys(self):
        _, token = api_keys.create(owner=self.alice, name="k")
        with override_settings(ANONYMOUS_OCR=False):
            bearer = {"Authorization": f"Bearer {token}"}
            self.assertEqual(self.send(page_png(), **bearer).status_code, 200)
            self.assertEqual(self.send(page_png()).status_code, 401)
        self.assertEqual(self.send(page_png(), Authorization="Bearer x").status_code, 401)

    def test_bad_requests(self):
        for body in (b"", b"text", page_png()[:200]):
            answer = self.send(body)
            self.assertEqual((answer.status_code, set(answer.json())), (400, {"detail"}))
        self.assertEqual(self.client.get("/process").status_code, 405)

    @override_settings(COMPAT_OPEN_WEBUI=False)
    def test_switch(self):
        self.assertEqual(self.send(page_png()).status_code, 404)
