"""Delivery of due webhooks, with growing pauses after failed attempts."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone

from app.models import Webhook, WebhookStatus
from app.models.ids import new_id
from app.ocr.errors import OcrError
from app.services import outbound

from .messages import message, secret_of, sign, test_message

# Pauses after failed attempts, in seconds; after the last one the webhook has failed.
BACKOFF = (10, 60, 300, 1800, 7200, 21_600, 43_200)
TIMEOUT = 10
# While one process sends a message, the others leave it alone for this long.
SENDING = timedelta(seconds=3 * TIMEOUT)
ANSWER_BYTES = 65_536
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Attempt:
    """status: the HTTP status, if there was an answer. error: empty on success."""

    status: int | None
    error: str
    milliseconds: int


def deliver_due() -> int:
    """Sends all due messages. Returns the number of attempts. Safe with any number of workers."""
    now = timezone.now()
    due = Webhook.objects.filter(status=WebhookStatus.PENDING, next_at__lte=now)
    ids = list(due.order_by("next_at").values_list("pk", "next_at")[:AT_ONCE])
    return sum(_deliver(webhook_id, next_at) for webhook_id, next_at in ids)


def _deliver(webhook_id: UUID, next_at: datetime) -> bool:
    """Makes one attempt, unless another process has taken the message."""
    row = Webhook.objects.filter(pk=webhook_id, status=WebhookStatus.PENDING)
    if not row.filter(next_at=next_at).update(next_at=timezone.now() + SENDING):
        return False
    webhook = row.select_related("job__upload", "batch", "owner").get()
    attempt = _send(
        url=webhook.url,
        body=message(webhook),
        message_id=f"msg_{webhook.pk.hex}",
        secret=secret_of(owner=webhook.owner, visitor=webhook.visitor),
    )
    entry = {"at": timezone.now().isoformat(), **asdict(attempt)}
    row.update(
        attempts=webhook.attempts + 1,
        log=[*webhook.log, entry],
        **_next_state(webhook, attempt.error),
    )
    return True


def send_test(*, owner: User, url: str) -> Attempt:
    """Calls the address at once with a signed message of type `test`, and never repeats it.

    Raises OcrError(bad_url).
    """
    outbound.check_url(url)
    return _send(
        url=url,
        body=test_message(),
        message_id=f"msg_{new_id().hex}",
        secret=secret_of(owner=owner),
    )


def _send(*, url: str, body: bytes, message_id: str, secret: str) -> Attempt:
    started = time.monotonic()
    status, error = _post(url=url, body=body, message_id=message_id, secret=secret)
    return Attempt(status, error, round(1000 * (time.monotonic() - started)))


def _post(*, url: str, body: bytes, message_id: str, secret: str) -> tuple[int | None, str]:
    timestamp = int(time.time())
    try:
        answer = outbound.request(
            "POST",
            url,
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
