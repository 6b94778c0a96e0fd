"""Keys of clients whose vendor API specifies no place for the key, or several."""

from __future__ import annotations

import base64
import binascii

from rest_framework.request import Request

from app.http.authentication import KeyAuthentication


class ClientKeyAuthentication(KeyAuthentication):
    """`Authorization: Bearer` or `token`, `X-API-Key`, or the password of HTTP Basic.

    Basic is for clients that can only set a URL: they send the key in `https://x:<key>@host`.
    A key that is not ours is refused.
    """

    def token(self, request: Request) -> str:
        scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "basic":
            return _password(credentials.strip())
        sent = credentials.strip() if scheme.lower() in ("bearer", "token") else ""
        return sent or super().token(request)


def _password(credentials: str) -> str:
    """The password in base64 of `user:password`; undecodable text as it is, to be refused."""
    try:
        return base64.b64decode(credentials, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return credentials
