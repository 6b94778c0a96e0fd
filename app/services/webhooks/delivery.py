from __future__ import annotations

import time
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from app.models import Webhook, WebhookStatus
from app.ocr.errors import OcrError
from app.services import outbound

from .messages import message
from .signing import secret_of, sign

# Pauses after failed attempts, in seconds; after the last one the webhook has failed.
BACKOFF = (10, 60, 300, 1800, 7200, 21_600, 43_200)
TIMEOUT = 10
# While one process sends, others leave the message alone for so long.
SENDING = timedelta(seconds=3 * TIMEOUT)
ANSWER_BYTES = 65_536
AT_ONCE = 20


def deliver_due() -> int:
    """Sends what is due now, any number of workers at once; how many were tried."""
    now = timezone.now()
    due = Webhook.objects.filter(status=WebhookStatus.PENDING, next_at__lte=now)
    ids = list(due.order_by("next_at").values_list("pk", "next_at")[:AT_ONCE])
    return sum(_deliver(webhook_id, next_at) for webhook_id, next_at in ids)


def _deliver(webhook_id: UUID, next_at: datetime) -> bool:
    """One attempt, unless another process has taken it."""
    row = Webhook.objects.filter(pk=webhook_id, status=WebhookStatus.PENDING)
    if not row.filter(next_at=next_at).update(next_at=timezone.now() + SENDING):
        return False
    webhook = row.select_related("job__upload", "batch", "owner").get()
    started = time.monotonic()
    status, error = _send(webhook)
    entry = {
        "at": timezone.now().isoformat(),
        "status": status,
        "error": error,
        "milliseconds": round(1000 * (time.monotonic() - started)),
    }
    row.update(
        attempts=webhook.attempts + 1, log=[*webhook.log, entry], **_next_state(webhook, error)
    )
    return True


def _send(webhook: Webhook) -> tuple[int | None, str]:
    """HTTP status, if one came, and what went wrong; an empty text if nothing did."""
    body, timestamp = message(webhook), int(time.time())
    secret = secret_of(owner=webhook.owner, visitor=webhook.visitor)
    message_id = f"msg_{webhook.pk.hex}"
    try:
        answer = outbound.request(
            "POST",
            webhook.url,
            content=body,
            headers={
                "Content-Type": "application/json",
                "webhook-id": message_id,
                "webhook-timestamp": str(timestamp),
                "webhook-signature": sign(
                    secret=secret, message_id=message_id, timestamp=timestamp, body=body
                ),
            },
            max_bytes=ANSWER_BYTES,
            seconds=TIMEOUT,
        )
    except OcrError as error:
        return None, error.message
    return answer.status, "" if 200 <= answer.status < 300 else f"HTTP status {answer.status}"


def _next_state(webhook: Webhook, error: str) -> dict[str, object]:
    now = timezone.now()
    if not error:
        return {"status": WebhookStatus.DELIVERED, "delivered_at": now, "next_at": None}
    if webhook.attempts >= len(BACKOFF):
        return {"status": WebhookStatus.FAILED, "next_at": None}
    return {"next_at": now + timedelta(seconds=BACKOFF[webhook.attempts])}
