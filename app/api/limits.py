"""Refuses a body that is too large before it is read."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request

from app.services import intake, uploads

# Base64 makes four bytes of three; the rest is room for the other fields.
BASE64_GROWTH = 4 / 3
OTHER_FIELDS = 100_000


def sender_limit(request: Request) -> int:
    """Bytes of one file that this sender may send."""
    return intake.max_bytes(request.user if request.user.is_authenticated else None)


def check_body_size(request: Request) -> None:
    """Raises OcrError(file_too_large). A body without a length is bounded while it is read."""
    limit = sender_limit(request)
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    encoded = not (request.content_type or "").startswith(("multipart/", "image/"))
    allowed = limit * (BASE64_GROWTH if encoded else 1) + OTHER_FIELDS
    if length > allowed:
        uploads.check_size(length, limit)


class BodyLimitMixin:
    """For views that take files."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        check_body_size(request)
