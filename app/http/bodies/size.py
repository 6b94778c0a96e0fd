"""Limits on the size of request bodies, checked before they are read."""

from __future__ import annotations

from typing import Any, BinaryIO

from django.conf import settings
from django.core.files import File
from rest_framework.request import Request

from app.http.caller import caller_of, is_from_page
from app.ocr.errors import OcrError, millions
from app.services.submission import uploads

# Base64 makes four bytes out of three; the rest is room for the other fields.
BASE64_GROWTH = 4 / 3
OTHER_FIELDS = 100_000
# Prefixes of the content types of bodies that contain files unencoded.
FILES = ("multipart/", "image/", "application/pdf", "application/octet-stream")
# Limit of a request without files: passwords, options, words. JSON takes a multiple in memory.
LARGEST_BODY = 1_000_000


def max_file_bytes(request: Request) -> int:
    """Bytes of the largest file that the caller may send.

    Callers of a `keyless` view cannot sign in, so they may send as much as accounts: their work is
    limited by pixels and pages. The same applies to our pages, but only for pictures (file_limit).
    """
    keyless = getattr((request.parser_context or {}).get("view"), "keyless", False)
    if keyless or is_from_page(request):
        return max(settings.ACCOUNT_MAX_BYTES, settings.ANONYMOUS_MAX_BYTES)
    return uploads.max_bytes(caller_of(request).owner)


def file_limit(request: Request, file: File[bytes]) -> int:
    """The limit of this file in bytes. From a visitor's page, a picture may be larger than a
    document."""
    if is_from_page(request):
        return min(max_file_bytes(request), uploads.form_max_bytes(file, None))
    return max_file_bytes(request)


def check_body_size(
    request: Request, limit: int, *, growth: float = BASE64_GROWTH, other_fields: int = OTHER_FIELDS
) -> None:
    """Raises OcrError(file_too_large). A body without a length is limited while it is read.

    limit: bytes of the files in it. growth: bytes of the body for each byte of a file; the error
    gives the size of the file itself.
    """
    length = _declared_length(request)
    if length > limit * growth + other_fields:
        uploads.check_size(max(int(length / growth_of(request)), limit + 1), limit)


def growth_of(request: Request) -> float:
    """1 for bodies that are the file, or forms that contain it; more for base64 in JSON and short
    forms."""
    return 1 if (request.content_type or "").startswith(FILES) else BASE64_GROWTH


def _declared_length(request: Request) -> int:
    """The declared length; 0 if missing or malformed, with which Django reads nothing."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def read_body(stream: BinaryIO, parser_context: dict[str, Any] | None) -> bytes:
    """The whole body, for parsers that need it in memory.

    A view may set another `largest_body`, or None if it checks the size itself. Raises
    OcrError(file_too_large).
    """
    view = (parser_context or {}).get("view")
    limit: int | None = getattr(view, "largest_body", LARGEST_BODY)
    if limit is None:
        return stream.read()
    body = stream.read(limit + 1)
    if len(body) > limit:
        message = f"The request is larger than {limit / 1e6:g} MB."
        raise OcrError("file_too_large", message, details={"limit": millions(limit)})
    return body


class BodyLimitMixin:
    """Mix-in for views that accept one file."""

    largest_body = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        check_body_size(request, max_file_bytes(request), growth=growth_of(request))
