"""Webhooks: registered with the job, sent when it ends, signed, tried again and logged."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from unittest import mock

from django.db.models import F
from django.utils import timezone

from app.models import Batch, BatchItem, Webhook
from app.ocr.errors import OcrError
from app.services import jobs, outbound, webhooks
from app.services.jobs.execution.lease import claim_next
from app.services.jobs.execution.run import run
from app.services.webhooks.delivery import BACKOFF
from app.tests.services.jobs.base import QueueTestCase, SpyReader

CALLBACK = webhooks.Callback("https://example.com/hook", "https://ocr.example/")


class Receiver:
    """The receiving server: gives the prescribed answers and records the requests."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.requests: list[tuple[str, dict[str, str], bytes]] = []

    def __call__(self, method, url, *, content, headers, max_bytes, seconds):
        self.requests.append((url, headers, content))
        status = self.statuses.pop(0)
        if status == 0:
            raise OcrError("unreachable_url", "The URL could not be read: ConnectError.")
        return outbound.Answer(status, {}, b"", url)


class WebhookTests(QueueTestCase):
    def registered(self, owner=None, **job):
        return webhooks.register(callback=CALLBACK, job=self.submit(owner, **job))

    def deliver(self, receiver: Receiver) -> int:
        with mock.patch("app.services.outbound.request", receiver):
            return webhooks.deliver_due()

    def make_due(self) -> None:
        Webhook.objects.update(next_at=timezone.now() - timedelta(seconds=1))

    def test_nothing_is_sent_before_the_end(self):
        self.registered(self.alice)
        self.assertEqual(self.deliver(Receiver()), 0)

    def test_message_tells_the_outcome_and_is_signed(self):
        webhook = self.registered(self.alice)
        run(claim_next(), SpyReader())
        receiver = Receiver(204)
        self.assertEqual(self.deliver(receiver), 1)
        url, headers, body = receiver.requests[0]
        message = json.loads(body)
        self.assertEqual((url, message["type"]), (CALLBACK.url, "job.done"))
        place = f"https://ocr.example/api/jobs/{webhook.job_id}/"
        self.assertEqual((message["data"]["url"], message["data"]["status"]), (place, "done"))
        self.assertEqual(headers["webhook-signature"], self.expected(headers, body))
        webhook.refresh_from_db()
        self.assertEqual((webhook.status, webhook.attempts), ("delivered", 1))
        self.assertEqual((webhook.log[0]["status"], webhook.log[0]["error"]), (204, ""))
        self.make_due()
        self.assertEqual(self.deliver(Receiver()), 0)

    def expected(self, headers, body: bytes) -> str:
        """Computed from the specification, as a receiver would."""
        secret = self.api(self.alice).get("/api/webhooks/secret/").json()["secret"]
        key = base64.b64decode(secret.removeprefix("whsec_"))
        content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()

    def test_failures_and_cancellations_are_told_too(self):
        self.registered(self.alice, fault="refuse")
        run(claim_next(), SpyReader())
        cancelled = self.registered(self.alice)
        jobs.cancel(job=cancelled.job)
        receiver = Receiver(200, 200)
        self.deliver(receiver)
        kinds = sorted(json.loads(body)["type"] for _, _, body in receiver.requests)
        self.assertEqual(kinds, ["job.cancelled", "job.failed"])

    def test_failed_attempts_are_repeated_with_growing_pauses_and_given_up_in_the_end(self):
        webhook = self.registered(self.alice)
        run(claim_next(), SpyReader())
        pauses = []
        for attempt in range(len(BACKOFF) + 1):
            self.make_due()
            before = timezone.now()
            self.assertEqual(self.deliver(Receiver(500 if attempt % 2 else 0)), 1)
            webhook.refresh_from_db()
            if webhook.next_at:
                pauses.append(round((webhook.next_at - before).total_seconds()))
        self.assertEqual(pauses, list(BACKOFF))
        self.assertEqual(webhook.status, "failed")
        self.assertEqual([entry["status"] for entry in webhook.log[:2]], [None, 500])
        self.assertIn("ConnectError", webhook.log[0]["error"])

    def test_one_message_is_not_sent_by_two_workers_at_once(self):
        self.registered(self.alice)
        run(claim_next(), SpyReader())

        def meanwhile(*args, **kwargs):
            self.assertEqual(webhooks.deliver_due(), 0)
            return outbound.Answer(200, {}, b"", "")

        with mock.patch("app.services.outbound.request", meanwhile):
            self.assertEqual(webhooks.deliver_due(), 1)

    def test_message_of_a_worker_that_died_while_sending_is_sent_again(self):
        self.registered(self.alice)
        run(claim_next(), SpyReader())
        dying = mock.Mock(side_effect=SystemExit)
        with mock.patch("app.services.outbound.request", dying), self.assertRaises(SystemExit):
            webhooks.deliver_due()
        Webhook.objects.update(next_at=F("next_at") - timedelta(minutes=5))
        self.assertEqual(self.deliver(Receiver(200)), 1)

    def test_batch_is_told_once_when_its_last_file_ended(self):
        batch = Batch.objects.create(owner=self.alice)
        for number in (1, 2):
            BatchItem.objects.create(batch=batch, number=number, job=self.submit(self.alice))
        BatchItem.objects.create(batch=batch, number=3, error_code="empty_file")
        webhooks.register(callback=CALLBACK, batch=batch)
        run(claim_next(), SpyReader())
        self.assertEqual(self.deliver(Receiver()), 0)
        run(claim_next(), SpyReader())
        receiver = Receiver(200)
        self.assertEqual(self.deliver(receiver), 1)
        data = json.loads(receiver.requests[0][2])["data"]
        self.assertEqual((data["total"], data["done"], data["failed"]), (3, 2, 1))

    def test_log_is_for_the_owner(self):
        webhook = self.registered(self.alice)
        rows = self.api(self.alice).get("/api/webhooks/").json()["results"]
        self.assertEqual([row["id"] for row in rows], [str(webhook.pk)])
        self.assertEqual(self.api(self.charlie).get("/api/webhooks/").json()["results"], [])
        self.assertEqual(self.api().get("/api/webhooks/").status_code, 401)
        self.assertEqual(self.api().get("/api/webhooks/secret/").status_code, 401)

    def test_every_sender_has_another_secret(self):
        secrets = {
            webhooks.secret_of(owner=self.alice),
            webhooks.secret_of(owner=self.charlie),
            webhooks.secret_of(owner=None, visitor="a"),
            webhooks.secret_of(owner=None, visitor="b"),
        }
        self.assertEqual(len(secrets), 4)
