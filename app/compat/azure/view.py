"""Keys, bodies, languages and errors that Azure's APIs have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.geometry import Sheet
from app.compat.shared.sources import base64_bytes, fetched
from app.compat.shared.view import CompatView, Failure
from app.http.authentication import KeyAuthentication
from app.http.bodies.json import JsonParser
from app.http.bodies.parsers import ImageParser, OctetStreamParser, PdfParser
from app.http.errors import status_of
from app.models import Job, Status
from app.ocr.errors import OcrError
from app.ocr.images import PDF
from app.ocr.languages import from_tag
from app.ocr.options import Options
from app.ocr.result import Bbox, Page

Json = dict[str, Any]

# The id in Operation-Location; clients extract it from the URL.
OPERATION = r"(?P<operation>[0-9a-fA-F-]{32,36})"

ACCESS_DENIED = (
    "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a "
    "valid key for an active subscription and use a correct regional API endpoint for your "
    "resource."
)
INNER_CODES = {
    "bad_base64": "InvalidContent",
    "bad_feature": "InvalidParameter",
    "bad_pages": "InvalidPageRange",
    "bad_url": "InvalidImageURL",
    "empty_file": "InvalidImageSize",
    "file_too_large": "InvalidImageSize",
    "password_required": "UnsupportedContent",
    "too_many_pixels": "InvalidImageDimension",
    "unknown_language": "NotSupportedLanguage",
    "unreachable_url": "FailedToDownloadImage",
    "unreadable_image": "InvalidImageFormat",
    "unsupported_type": "InvalidImageFormat",
}
STATES = {
    Status.QUEUED: "running",  # some clients take "notStarted" for a failure
    Status.RUNNING: "running",
    Status.DONE: "succeeded",
    Status.FAILED: "failed",
    Status.CANCELLED: "failed",
}


class AzureKeyAuthentication(KeyAuthentication):
    def token(self, request: Request) -> str:
        return request.headers.get("Ocp-Apim-Subscription-Key", "") or super().token(request)


class AzureView(CompatView):
    switch = "COMPAT_AZURE"
    authentication_classes = [AzureKeyAuthentication]
    parser_classes = [JsonParser, OctetStreamParser, ImageParser, PdfParser]

    def failure(self, failure: Failure) -> HttpResponse:
        status = 401 if failure.about_key else failure.status
        return Response({"error": error_of(failure)}, 400 if status == 413 else status)


def error_of(failure: Failure) -> dict[str, Any]:
    if failure.about_key:
        return {"code": "401", "message": ACCESS_DENIED}
    if failure.status in (404, 405, 429):
        code = "NotFound" if failure.status == 404 else str(failure.status)
        return {"code": code, "message": failure.message}
    if failure.status >= 500 or failure.status == 422:
        return {"code": "InternalServerError", "message": failure.message}
    error: dict[str, Any] = {"code": "InvalidRequest", "message": failure.message}
    if failure.code in INNER_CODES:
        error["innererror"] = {"code": INNER_CODES[failure.code], "message": failure.message}
    return error


def error_of_job(job: Job) -> dict[str, Any]:
    """The error with which a failed or cancelled operation ended."""
    code = job.error_code
    return error_of(Failure(status_of(code), code, job.error_message))


def content_of(request: Request, *, url: str = "url", base64: str = "") -> Any:
    """The body itself, or the URL or base64 text in a JSON body. Raises OcrError."""
    if request.FILES:
        return request.FILES["image"]
    body = request.data if isinstance(request.data, Mapping) else {}
    if base64 and base64 in body:
        return base64_bytes(body[base64])
    if url in body:
        return fetched(request, body[url])
    raise OcrError("empty_file", "The request has neither an image nor a URL.")


def options_of(request: Request, language: str) -> Options:
    """language: the name of the query parameter, which holds a tag such as `de`."""
    tag = request.query_params.get(language, "")
    codes = (from_tag(tag),) if tag else ()
    return Options(languages=codes, pages=request.query_params.get("pages", ""))


def progress(job: Job) -> dict[str, Any]:
    return {
        "status": STATES[Status(job.status)],
        "createdDateTime": timestamp(job.created_at),
        "lastUpdatedDateTime": timestamp(job.updated_at),
    }


def timestamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def unit_of(job: Job, page: Page) -> tuple[str, float]:
    """Unit of lengths and its factor from pixels: inches for PDFs, pixels for pictures."""
    if job.upload.media_type == PDF and page.dpi:
        return "inch", 1 / page.dpi
    return "pixel", 1


def number(value: float) -> float:
    """Whole numbers without a fraction, others to four decimal places."""
    return int(value) if value == int(value) else round(value, 4)


def polygon(sheet: Sheet, box: Bbox) -> list[float]:
    return [number(at) for point in sheet.corners(box) for at in point]
