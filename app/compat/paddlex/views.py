"""PaddleX serving, the older PaddleHub, and RapidOCR's API. docs/compat/paddlex.md"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.figures import FigurePictures
from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.recognition import recognize, recognize_pages
from app.compat.shared.sources import base64_bytes, data_or_url
from app.compat.shared.view import CompatView, Failure, fields_of
from app.models import Job
from app.ocr.errors import OcrError
from app.ocr.result import Page
from app.services.history import entries

from .answers import data_info, layout_results, ocr_results, paddlehub_line, rapidocr_lines

URLS = ("http://", "https://", "data:")
MOST_IMAGES = 20


class PaddlexView(CompatView):
    switch = "COMPAT_PADDLEX"
    authentication_classes = [ClientKeyAuthentication]

    def post(self, request: Request) -> Response:
        job = recognize(request, sent_file(request, fields_of(request)))
        pages = entries.pages(job=job)
        result = {**self.result(job, pages), "dataInfo": data_info(job, pages)}
        return Response(envelope(0, "Success", result))

    def result(self, job: Job, pages: list[Page]) -> dict[str, Any]:
        raise NotImplementedError

    def failure(self, failure: Failure) -> HttpResponse:
        return Response(envelope(failure.status, failure.message), failure.status)


class LayoutView(PaddlexView):
    def result(self, job: Job, pages: list[Page]) -> dict[str, Any]:
        return {"layoutParsingResults": layout_results(pages, FigurePictures(job))}


class OcrView(PaddlexView):
    """The OCR pipeline, and RapidOCR's API: the same path, with a form instead of JSON."""

    def post(self, request: Request) -> Response:
        fields = fields_of(request)
        if "image_file" in fields or "image_data" in fields:
            return Response(rapidocr_lines(recognize_pages(request, rapidocr_image(fields))))
        return super().post(request)

    def result(self, job: Job, pages: list[Page]) -> dict[str, Any]:
        return {"ocrResults": ocr_results(pages)}


class PaddleHubView(PaddlexView):
    max_files = MOST_IMAGES

    def post(self, request: Request) -> Response:
        images = fields_of(request).get("images")
        if not isinstance(images, list) or not 0 < len(images) <= MOST_IMAGES:
            raise OcrError("bad_option", f"images must be a list of 1 to {MOST_IMAGES} images.")
        read = [recognize_pages(request, base64_bytes(image)) for image in images]
        results = [
            [paddlehub_line(line) for page in pages for line in page.lines] for pages in read
        ]
        return Response({"msg": "", "results": results, "status": "000"})

    def failure(self, failure: Failure) -> HttpResponse:
        body = {"msg": failure.message, "results": "", "status": str(failure.status)}
        return Response(body, failure.status)


def sent_file(request: Request, fields: Mapping[str, Any]) -> File | bytes:
    """The field `file`: base64 text or a URL; fileType is ignored. Raises OcrError."""
    text = fields.get("file")
    if not isinstance(text, str) or not text:
        raise OcrError("bad_option", "file must be base64 text or a URL.")
    return data_or_url(request, text) if text.startswith(URLS) else base64_bytes(text)


def rapidocr_image(fields: Mapping[str, Any]) -> File | bytes:
    file = fields.get("image_file")
    return file if isinstance(file, File) else base64_bytes(fields.get("image_data"))


def envelope(code: int, message: str, result: Any = None) -> dict[str, Any]:
    body = {"logId": str(uuid.uuid4()), "errorCode": code, "errorMsg": message}
    return body if result is None else {**body, "result": result}


urlpatterns = [
    path("ocr", OcrView.as_view()),
    path("layout-parsing", LayoutView.as_view()),
    path("predict/ocr_system", PaddleHubView.as_view()),
]
