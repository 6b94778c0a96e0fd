from __future__ import annotations

from django.template.loader import render_to_string
from django.test import Client, SimpleTestCase

from app.tests.base import SiteTestCase

CODES = ("400", "403", "403_csrf", "404", "429", "500", "503")


class ErrorPageTests(SiteTestCase):
    def test_unknown_address(self):
        page = self.client.get("/nowhere/at/all/")
        self.assertContains(page, "Not here", status_code=404)

    def test_stale_form(self):
        page = Client(enforce_csrf_checks=True).post("/read/")
        self.assertContains(page, "too old", status_code=403)


class ErrorTemplateTests(SimpleTestCase):
    def test_need_neither_request_nor_database(self):
        for code in CODES:
            with self.subTest(code):
                self.assertIn(f'class="error-code">{code[:3]}', render_to_string(f"{code}.html"))
