"""The webhooks page: the log of the account, and a test of the receiver."""

from __future__ import annotations

import json
from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from app.models import Webhook, WebhookStatus
from app.ocr.errors import OcrError
from app.services import webhooks
from app.services.outbound.client import Answer
from app.tests.base import SiteTestCase
from app.tests.factories import make_job

ADDRESS = "https://hooks.example.org/done"


class WebhookPageTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.alice)
        self.url = reverse("webhooks")

    def send(self, answer=None, *, url: str = ADDRESS, error: Exception | None = None):
        """The request that was made, and the page after it."""
        with (
            patch("app.services.outbound.check_url"),
            patch("app.services.outbound.request", return_value=answer, side_effect=error) as call,
        ):
            page = self.client.post(reverse("try-webhook"), {"url": url}, follow=True)
        return call, page

    def test_log_of_every_attempt(self):
        job = make_job(self.alice, name="scan.png")
        attempt = {"at": "2026-05-01T10:00:00", "status": 500, "error": "HTTP status 500"}
        fields = {"url": ADDRESS, "site_url": "http://testserver", "status": WebhookStatus.FAILED}
        log = [{**attempt, "milliseconds": 12}]
        Webhook.objects.create(owner=self.alice, job=job, log=log, **fields)
        page = self.client.get(self.url).content.decode()
        for text in (ADDRESS, "scan.png", "HTTP status 500", "12 ms", "Given up"):
            self.assertIn(text, page)
        self.client.force_login(self.bob)
        self.assertNotContains(self.client.get(self.url), ADDRESS)

    def test_as_many_queries_for_many(self):
        fields = {"owner": self.alice, "url": ADDRESS, "site_url": "http://testserver"}
        counts = []
        for _ in range(3):
            Webhook.objects.create(job=make_job(self.alice), **fields)
            with CaptureQueriesContext(connection) as queries:
                self.client.get(self.url)
            counts.append(len(queries))
        self.assertEqual(counts[1], counts[2])

    def test_secret_is_that_of_the_messages(self):
        self.assertContains(self.client.get(self.url), webhooks.secret_of(owner=self.alice))

    def test_sends_a_signed_test(self):
        call, page = self.send(Answer(204, {}, b"", ADDRESS))
        self.assertContains(page, "The address answered 204")
        sent = call.call_args
        self.assertEqual(sent.args, ("POST", ADDRESS))
        headers, body = sent.kwargs["headers"], sent.kwargs["content"]
        self.assertEqual(json.loads(body)["type"], "test")
        expected = webhooks.sign(
            secret=webhooks.secret_of(owner=self.alice),
            message_id=headers["webhook-id"],
            timestamp=int(headers["webhook-timestamp"]),
            body=body,
        )
        self.assertEqual(headers["webhook-signature"], expected)

    def test_says_why_it_failed(self):
        _, page = self.send(Answer(503, {}, b"", ADDRESS))
        self.assertContains(page, "HTTP status 503")
        _, page = self.send(error=OcrError("unreachable_url", "The host was not found."))
        self.assertContains(page, "The host was not found.")

    def test_inner_addresses_are_not_called(self):
        with patch("app.services.outbound.request") as call:
            call.side_effect = OcrError("bad_url", "no")
            self.client.post(reverse("try-webhook"), {"url": "http://user:pw@example.org/"})
            call.assert_not_called()
        page = self.client.post(reverse("try-webhook"), {"url": "http://127.0.0.1:1/"}, follow=True)
        self.assertContains(page, "notice-error")

    def test_what_is_no_address_is_refused_in_the_form(self):
        answer = self.client.post(reverse("try-webhook"), {"url": "not an address"})
        self.assertContains(answer, "field-errors", status_code=400)

    def test_tests_are_few(self):
        for _ in range(10):
            _, page = self.send(Answer(204, {}, b"", ADDRESS))
            self.assertEqual(page.status_code, 200)
        call, page = self.send(Answer(204, {}, b"", ADDRESS))
        self.assertEqual(page.status_code, 429)
        self.assertIn("Retry-After", page)
        call.assert_not_called()
