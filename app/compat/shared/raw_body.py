"""Request bodies that are the file itself, whatever the Content-Type."""

from __future__ import annotations

from django.core.files.base import File
from rest_framework.request import Request

from app.http.bodies.parsers import ImageParser
from app.ocr.errors import OcrError


class RawBodyParser(ImageParser):
    media_type = "*/*"


def raw_file(request: Request) -> File:
    """Raises OcrError(empty_file)."""
    file = request.FILES.get("image")
    if file is None or not file.size:
        raise OcrError("empty_file", "The body of the request is empty.")
    return file
