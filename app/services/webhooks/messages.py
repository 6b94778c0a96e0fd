"""Messages of webhooks and their signatures.

A message tells its receiver enough to decide whether to fetch the result, and where. Signatures
follow the Standard Webhooks specification, so that its libraries can verify them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from app.models import Batch, Job, Webhook

PREFIX = "whsec_"


def message(webhook: Webhook) -> bytes:
    """{"type": "job.done", "timestamp": …, "data": {…}} as JSON."""
    kind, when, data = "batch.done", webhook.created_at, {}
    if webhook.job:
        kind, when = f"job.{webhook.job.status}", webhook.job.finished_at or when
        data = job_data(webhook.job, webhook.site_url)
    elif webhook.batch:
        data = batch_data(webhook.batch, webhook.site_url)
    return json.dumps({"type": kind, "timestamp": when.isoformat(), "data": data}).encode()


def test_message() -> bytes:
    """A message of type `test` without data, for owners who test their receiver."""
    when = timezone.now().isoformat()
    return json.dumps({"type": "test", "timestamp": when, "data": {}}).encode()


def job_data(job: Job, site_url: str) -> dict[str, Any]:
    return {
        "id": str(job.pk),
        "status": job.status,
        "file_name": job.upload.name,
        "pages_done": job.pages_done,
        "pages_total": job.pages_total,
        "error_code": job.error_code,
        "error_message": job.error_message,
        "url": site_url + reverse("job-detail", args=[job.pk]),
    }


def batch_data(batch: Batch, site_url: str) -> dict[str, Any]:
    counted = Batch.objects.with_counts().get(pk=batch.pk)
    return {
        "id": str(batch.pk),
        "name": batch.name,
        "total": counted.count_total,
        "done": counted.count_done,
        "failed": counted.count_failed + counted.count_rejected,
        "cancelled": counted.count_cancelled,
        "url": site_url + reverse("batch-detail", args=[batch.pk]),
    }


def secret_of(*, owner: User | None, visitor: str = "") -> str:
    """The key of this owner or visitor: `whsec_` and base64 of 32 bytes, derived and not stored."""
    subject = f"user:{owner.pk}" if owner else f"visitor:{visitor}"
    key = salted_hmac("app.services.webhooks", subject, algorithm="sha256").digest()
    return PREFIX + base64.b64encode(key).decode()


def sign(*, secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and base64 of HMAC-SHA256 over `<id>.<timestamp>.<body>`.

    timestamp: seconds since 1970, as in the header webhook-timestamp.
    """
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
