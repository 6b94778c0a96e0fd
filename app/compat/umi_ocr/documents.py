"""Umi-OCR's document API: upload, result, download and clear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.core.cache import cache
from django.core.files.base import File
from django.http import Http404, HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.recognition import find, start
from app.compat.shared.view import fields_of
from app.exports.base import ExportOptions
from app.http.bodies.json import parsed_json
from app.http.downloads import export_response
from app.models import Job, Status
from app.ocr.errors import OcrError
from app.ocr.result import Page
from app.services import jobs
from app.services.history import entries, exports, lookups

from .answers import NO_TEXT, SUCCESS, joined, text_blocks
from .options import DATA_FORMATS, PARSERS, choice, document_options
from .views import UmiOcrView

SALT = "app.compat.umi_ocr"
SECONDS = 3600
UNREAD_SECONDS = 24 * 3600
# Download formats; the first is the default.
FILE_TYPES = {"pdfLayered": "pdf", "txt": "txt", "txtPlain": "txt", "csv": "csv"}
STATES = {
    Status.QUEUED: "waiting",
    Status.RUNNING: "running",
    Status.DONE: "success",
    Status.FAILED: "failure",
    Status.CANCELLED: "failure",
}


class UploadView(UmiOcrView):
    """Takes the form field `file`, and options as JSON text in `json`."""

    def post(self, request: Request) -> Response:
        fields = fields_of(request)
        file = fields.get("file")
        if not isinstance(file, File):
            raise OcrError("bad_option", "No file was sent in the form field “file”.")
        options = document_options(json_options(fields))
        task = start(request, file, options, name=file.name or "")
        return Response({"code": SUCCESS, "data": str(task)})


class ResultView(UmiOcrView):
    """Returns finished pages, also while others are still being recognized."""

    def post(self, request: Request) -> Response:
        fields = fields_of(request)
        job = find(request, str(fields.get("id", "")))
        as_text = choice(fields, "format", DATA_FORMATS) == "text"
        pages: list[Page] = []
        if fields.get("is_data", True):
            pages = unread_pages(job) if fields.get("is_unread", True) else entries.pages(job=job)
        return Response(
            {
                "code": SUCCESS,
                "data": document_data(pages, as_text=as_text),
                "processed_count": job.pages_done,
                "pages_count": job.pages_total or 0,
                "is_done": job.ended,
                "state": STATES[Status(job.status)],
                "message": job.error_message,
            }
        )


class DownloadView(UmiOcrView):
    def post(self, request: Request) -> Response:
        """Returns a link that works for an hour without a key."""
        fields = fields_of(request)
        job = find(request, str(fields.get("id", "")))
        types = fields.get("file_types") or ["pdfLayered"]
        if not isinstance(types, list) or len(types) != 1 or types[0] not in FILE_TYPES:
            raise OcrError("bad_option", f"Ask for one file type: {', '.join(FILE_TYPES)}.")
        if job.status != Status.DONE:
            raise OcrError("conflict", "The document is not done.")
        file_format = FILE_TYPES[types[0]]
        token = signing.dumps([str(job.pk), file_format], salt=SALT)
        name = exports.render(job=job, format=file_format, options=ExportOptions()).download_name
        url = request.build_absolute_uri(f"/api/doc/download/{token}")
        return Response({"code": SUCCESS, "data": url, "name": name})


class FileView(UmiOcrView):
    """The link itself is the key."""

    authentication_classes: list[Any] = []

    def anonymous_allowed(self) -> bool:
        return True

    def get(self, request: Request, token: str) -> HttpResponseBase:
        try:
            pk, file_format = signing.loads(token, salt=SALT, max_age=SECONDS)
        except signing.BadSignature as error:
            raise Http404 from error
        job = lookups.entry(pk=pk)
        if job is None:
            raise Http404
        file = exports.render(job=job, format=file_format, options=ExportOptions())
        return export_response(request, file)


class ClearView(UmiOcrView):
    """Cancels the task. An account's entry stays in its history."""

    def get(self, request: Request, task: str) -> Response:
        jobs.cancel(job=find(request, task))
        return Response({"code": SUCCESS, "data": "Success"})


def unread_pages(job: Job) -> list[Page]:
    """Pages not returned before: clients append each answer to the earlier ones."""
    name = f"umi-ocr-read:{job.pk}"
    pages = entries.pages(job=job)
    read = cache.get(name, 0)
    if len(pages) > read:
        cache.set(name, len(pages), UNREAD_SECONDS)
    return pages[read:]


def document_data(pages: list[Page], *, as_text: bool) -> Any:
    parsed = [(page, text_blocks([page], PARSERS[0])) for page in pages]
    if as_text:
        return "\n".join(joined(blocks) for _, blocks in parsed)
    return [
        {"page": page.number, "code": SUCCESS if blocks else NO_TEXT, "data": blocks or ""}
        for page, blocks in parsed
    ]


def json_options(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Raises OcrError(bad_option)."""
    text = fields.get("json") or "{}"
    try:
        options = parsed_json(text) if isinstance(text, str) else None
    except ValueError:
        options = None
    if not isinstance(options, Mapping):
        raise OcrError("bad_option", "json must be an object.")
    return options
