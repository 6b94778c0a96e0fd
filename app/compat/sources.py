"""Where a file comes from when it is no file part: base64 text, or a URL."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from rest_framework.request import Request

from app.api.serializers.fields import decode_base64
from app.http.body_size import sender_limit
from app.ocr.errors import OcrError
from app.services.submission import remote_files


def base64_bytes(text: Any) -> bytes:
    """Raises OcrError(bad_base64)."""
    if not isinstance(text, str):
        raise OcrError("bad_base64", "The image must be base64 text.")
    try:
        return decode_base64(text)
    except ValueError as error:
        raise OcrError("bad_base64", "The image is not valid base64.") from error


def fetched(request: Request, url: Any) -> ContentFile[bytes]:
    """What is at the URL, at most as much as the sender may send. Raises OcrError."""
    return remote_files.fetch(url=str(url), max_bytes=sender_limit(request))
