"""Places in which clients send the key where the vendor API has none, or more than one."""

from __future__ import annotations

import base64
import binascii

from rest_framework.request import Request

from app.http.authentication import KeyAuthentication


class ClientKeyAuthentication(KeyAuthentication):
    """`Authorization: Bearer` or `token`, `X-API-Key`, or the password of HTTP Basic.

    The last is for clients that know a URL only: they send what `https://x:<key>@host` has in it.
    A key that is none of ours is refused.
    """

    def token(self, request: Request) -> str:
        scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "basic":
            return _password(credentials.strip())
        sent = credentials.strip() if scheme.lower() in ("bearer", "token") else ""
        return sent or super().token(request)


def _password(credentials: str) -> str:
    """Of `user:password` in base64; what cannot be decoded is returned, so that it is refused."""
    try:
        return base64.b64decode(credentials, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return credentials
