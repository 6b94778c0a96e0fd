"""Stirling-PDF: `POST /api/v1/misc/ocr-pdf`. docs/compat/stirling.md"""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import PurePath

from django.core.files.base import File
from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.archives import zip_of
from app.compat.shared.fields import first, flag, values
from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.languages import installed_languages
from app.compat.shared.recognition import recognize
from app.compat.shared.signed_pdf import searchable_pdf_response
from app.compat.shared.view import CompatView, Failure, fields_of
from app.models import Job
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.result import document_text
from app.services.history import entries, exports

PDF_TEXT = {"": "auto", "normal": "auto", "skip-text": "auto", "force-ocr": "ignore"}


class OcrPdfView(CompatView):
    switch = "COMPAT_STIRLING"
    authentication_classes = [ClientKeyAuthentication]

    def post(self, request: Request) -> HttpResponseBase:
        fields = fields_of(request)
        file = fields.get("fileInput")
        if not isinstance(file, File):
            raise OcrError("bad_request", "fileInput is required.")
        mode = first(fields, "ocrType").lower()
        if mode not in PDF_TEXT:
            raise OcrError("bad_request", "ocrType must be skip-text, force-ocr or Normal.")
        if flag(fields, "removeImagesAfter"):
            raise OcrError("bad_request", "removeImagesAfter is not served: the pictures stay.")
        languages = installed_languages(values(fields, "languages"))
        options = Options(languages=languages, pdf_text=PDF_TEXT[mode])
        job = recognize(request, file, options, name=file.name or "")
        stem = f"{PurePath(job.upload.name).stem or 'document'}_OCR"
        if flag(fields, "sidecar"):
            return named(HttpResponse(zipped(job, stem), "application/zip"), f"{stem}.zip")
        return named(searchable_pdf_response(request, job), f"{stem}.pdf")

    def failure(self, failure: Failure) -> HttpResponse:
        """The error in Spring's format."""
        body = {
            "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "status": failure.status,
            "error": HTTPStatus(failure.status).phrase,
            "message": failure.message,
            "path": self.request.path.rstrip("/"),
        }
        return Response(body, failure.status)


def zipped(job: Job, stem: str) -> bytes:
    """A ZIP of the searchable PDF and its text."""
    pdf, text = exports.content(job=job, format="pdf"), document_text(entries.pages(job=job))
    return zip_of([(f"{stem}.pdf", pdf), (f"{stem}.txt", text)])


def named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
