"""Files of vendor APIs that are not form parts: base64 text and URLs."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from rest_framework.request import Request

from app.http.bodies.base64 import decode_base64
from app.http.bodies.size import max_file_bytes
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
    """The file at the URL, up to the size that the caller may send. Raises OcrError."""
    return remote_files.fetch(url=str(url), max_bytes=max_file_bytes(request))


def data_or_url(request: Request, address: Any) -> ContentFile[bytes]:
    """The file in a `data:` URL or at any other URL. Raises OcrError."""
    text = str(address)
    if text.startswith("data:"):
        return ContentFile(base64_bytes(text))
    return fetched(request, text)
