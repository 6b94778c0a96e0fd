"""Places in which vendor APIs have the key, beside X-API-Key."""

from __future__ import annotations

from rest_framework.request import Request

from app.http.authentication import KeyAuthentication


class BearerAuthentication(KeyAuthentication):
    """`Authorization: Bearer` with any text: a key that is none of ours is refused."""

    def token(self, request: Request) -> str:
        scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
        sent = credentials.strip() if scheme.lower() == "bearer" else ""
        return sent or super().token(request)
