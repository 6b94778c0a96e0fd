"""Umi-OCR: pictures and barcodes. docs/compat/umi-ocr.md"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.recognition import recognize_pages
from app.compat.shared.sources import base64_bytes
from app.compat.shared.view import CompatView, Failure, fields_of
from app.ocr.errors import OcrError

from .answers import answer, barcode, joined, text_blocks
from .options import DATA_FORMATS, PARSERS, choice, described, recognition_options


class UmiOcrView(CompatView):
    switch = "COMPAT_UMI_OCR"
    authentication_classes = [ClientKeyAuthentication]

    def failure(self, failure: Failure) -> HttpResponse:
        """Always HTTP 200, as clients expect; `code` is the status that other APIs would give."""
        return Response({"code": failure.status, "data": f"[Error] {failure.message}"})


class OcrView(UmiOcrView):
    def post(self, request: Request) -> Response:
        started = time.time()
        options = options_of(request)
        as_text = choice(options, "data.format", DATA_FORMATS) == "text"
        parser = choice(options, "tbpu.parser", PARSERS)
        pages = recognize_pages(request, sent_picture(request), recognition_options(options))
        blocks = text_blocks(pages, parser)
        return Response(answer(started, joined(blocks) if as_text else blocks))


class OptionsView(UmiOcrView):
    def get(self, request: Request) -> Response:
        return Response(described())


class QrCodeView(UmiOcrView):
    def post(self, request: Request) -> Response:
        started = time.time()
        if "text" in fields_of(request):
            raise OcrError("bad_option", "Barcodes are read here, not made.")
        options = recognition_options(options_of(request), barcodes=True)
        pages = recognize_pages(request, sent_picture(request), options)
        found = [barcode(page, code) for page in pages for code in page.barcodes]
        return Response(answer(started, found))


def options_of(request: Request) -> Mapping[str, Any]:
    options = fields_of(request).get("options") or {}
    if not isinstance(options, Mapping):
        raise OcrError("bad_option", "options must be an object.")
    return options


def sent_picture(request: Request) -> bytes:
    return base64_bytes(fields_of(request).get("base64"))
