"""Signatures after the Standard Webhooks specification, so that its libraries verify them."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.contrib.auth.models import User
from django.utils.crypto import salted_hmac

PREFIX = "whsec_"


def secret_of(*, owner: User | None, visitor: str = "") -> str:
    """The key of this sender's webhooks: `whsec_` and base64 of 32 bytes. Nothing is stored."""
    subject = f"user:{owner.pk}" if owner else f"visitor:{visitor}"
    key = salted_hmac("app.services.webhooks", subject, algorithm="sha256").digest()
    return PREFIX + base64.b64encode(key).decode()


def sign(*, secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and base64 of HMAC-SHA256 over `<id>.<timestamp>.<body>`.

    timestamp: seconds since 1970, as the header webhook-timestamp tells them.
    """
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
