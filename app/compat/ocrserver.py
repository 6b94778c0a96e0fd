"""ocrserver: `POST /base64` and `POST /file`. docs/compat/ocrserver.md"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.recognition import recognize
from app.compat.shared.sources import base64_bytes
from app.compat.shared.view import CompatView, Failure, fields_of
from app.http.bodies.json import AnyTypeJsonParser
from app.ocr.errors import OcrError
from app.ocr.options import Options, parse_languages
from app.ocr.result import document_text
from app.services.history import entries, exports

# Version of the vendor API, which clients may check; not of this site.
VERSION = "0.2.0"


class OcrserverView(CompatView):
    switch = "COMPAT_OCRSERVER"
    keyless = True

    def answer(self, request: Request, content: File | bytes) -> Response:
        fields = fields_of(request)
        options = Options(
            languages=parse_languages(text_of(fields, "languages")),
            whitelist=text_of(fields, "whitelist"),
        )
        job = recognize(request, content, options, name=getattr(content, "name", "") or "")
        if text_of(fields, "format") == "hocr":
            result = exports.content(job=job, format="hocr").decode()
        else:
            result = document_text(entries.pages(job=job))
        trimmed = result.strip(text_of(fields, "trim")) if text_of(fields, "trim") else result
        return Response({"result": trimmed, "version": VERSION})

    def failure(self, failure: Failure) -> HttpResponse:
        """The error with a message; the old service serialized Go's errors, which gave {}."""
        return Response({"error": failure.message}, failure.status)


class Base64View(OcrserverView):
    parser_classes = [AnyTypeJsonParser]

    def post(self, request: Request) -> Response:
        text = text_of(fields_of(request), "base64")
        if not text:
            raise OcrError("bad_base64", "base64 string required")
        return self.answer(request, base64_bytes(text))


class FileView(OcrserverView):
    def post(self, request: Request) -> Response:
        file = fields_of(request).get("file")
        if not isinstance(file, File):
            raise OcrError("bad_option", "http: no such file")
        return self.answer(request, file)


def text_of(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name, "")
    return value if isinstance(value, str) else ""
