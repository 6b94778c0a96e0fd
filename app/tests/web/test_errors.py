from __future__ import annotations

from datetime import UTC, datetime
from unittest.mock import patch

from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client, SimpleTestCase, override_settings

from app.models import Status, Usage
from app.tests.base import SiteTestCase
from app.tests.factories import make_job

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


class RefusalTests(SiteTestCase):
    def test_two_texts_for_what_is_not_there(self):
        self.assertContains(self.client.get("/nowhere/at/all/"), "sign in first", status_code=404)
        self.client.force_login(self.alice)
        page = self.client.get("/nowhere/at/all/")
        self.assertNotContains(page, "sign in first", status_code=404)
        self.assertContains(page, "not in your account, alice", status_code=404)

    @override_settings(RATE_ACCOUNT=1)
    def test_too_many_requests_tell_when_to_come_back(self):
        self.client.force_login(self.alice)
        self.client.post("/read/")
        page = self.client.post("/read/")
        self.assertContains(page, f"Try again in {page['Retry-After']} second", status_code=429)

    @override_settings(QUOTA_ACCOUNT=3)
    def test_used_quota_is_told_apart(self):
        self.client.force_login(self.alice)
        today = datetime.now(UTC).date()
        Usage.objects.create(day=today, subject="a", owner=self.alice, pages=3)
        page = self.client.post("/read/")
        self.assertContains(page, "All pages of today are used", status_code=429)
        self.assertContains(page, "reads 3 pages a day", status_code=429)

    def test_export_that_is_not_finished_says_so(self):
        self.client.force_login(self.alice)
        job = make_job(self.alice, status=Status.QUEUED)
        job.pages.all().delete()
        page = self.client.get(f"/history/{job.pk}/export/txt/")
        self.assertContains(page, "There is no result", status_code=409)
        self.assertEqual(self.client.get(f"/history/{job.pk}/export/exe/").status_code, 404)

    def test_outage(self):
        with patch("app.web.views.privacy.privacy.retention", side_effect=OperationalError):
            page = self.client.get("/privacy/")
        self.assertContains(page, "Back in a moment", status_code=503)
        self.assertEqual(page["Retry-After"], "10")
