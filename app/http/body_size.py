"""Refuses a body that is too large before it is read."""

from __future__ import annotations

from typing import Any, BinaryIO

from rest_framework.request import Request

from app.ocr.errors import OcrError
from app.services.submission import intake, uploads

# Base64 makes four bytes of three; the rest is room for the other fields.
BASE64_GROWTH = 4 / 3
OTHER_FIELDS = 100_000
# Of a request without files: passwords, options, words. JSON takes many times its size in memory.
LARGEST_BODY = 1_000_000


def sender_limit(request: Request) -> int:
    """Bytes of one file that this sender may send."""
    return intake.max_bytes(request.user if request.user.is_authenticated else None)


def check_body_size(
    request: Request, limit: int, *, growth: float = BASE64_GROWTH, other_fields: int = OTHER_FIELDS
) -> None:
    """Raises OcrError(file_too_large). A body without a length is bounded while it is read.

    limit: bytes of the files in it. growth: how many bytes the body may have for each of them.
    """
    length = _declared_length(request)
    if length > limit * growth + other_fields:
        uploads.check_size(length, limit)


def _declared_length(request: Request) -> int:
    """0 for none, and for what is no number: Django reads nothing then."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def read_body(stream: BinaryIO, parser_context: dict[str, Any] | None) -> bytes:
    """The whole body, for parsers that need it in memory.

    A view may allow another `largest_body`, or None where it has looked at the size itself.
    Raises OcrError(file_too_large).
    """
    view = (parser_context or {}).get("view")
    limit: int | None = getattr(view, "largest_body", LARGEST_BODY)
    if limit is None:
        return stream.read()
    body = stream.read(limit + 1)
    if len(body) > limit:
        raise OcrError("file_too_large", f"The request is larger than {limit / 1e6:g} MB.")
    return body


class BodyLimitMixin:
    """For views that take one file."""

    largest_body = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        encoded = not (request.content_type or "").startswith(("multipart/", "image/"))
        check_body_size(request, sender_limit(request), growth=BASE64_GROWTH if encoded else 1)
