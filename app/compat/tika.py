"""Apache Tika's server: `/tika`, `/rmeta`, `/meta`, `/detect/stream`. docs/compat/tika.md"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from django.core.files.base import File
from django.http import HttpResponse, JsonResponse
from django.urls import re_path
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from app.compat.shared.html import document_xhtml
from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.languages import installed_languages
from app.compat.shared.raw_body import RawBodyParser, raw_file
from app.compat.shared.recognition import recognize
from app.compat.shared.view import CompatView, Failure
from app.models import Job
from app.ocr.images import HEAD_BYTES, require_media_type, sniff
from app.ocr.options import Options
from app.ocr.result import document_text
from app.services.history import entries
from app.services.stored_files import clean_name

# The version of the vendor API, which clients may check; not that of this site.
VERSION = "Apache Tika 3.2.0"
GREETING = f"This is Tika Server ({VERSION}). Please PUT\n"
PDF_TEXT = {"no_ocr": "only", "ocr_only": "ignore"}
STATUS = {"unsupported_type": 415, "unreadable_image": 422, "empty_file": 422, "page_timeout": 504}
PASSWORDS = ("password_required", "wrong_password")
TEXT, XHTML, JSON = "text/plain", "text/html", "application/json"
TEXT_FORMS = ("text", "main")
FILE_NAME = re.compile(r"filename\*?=(?:UTF-8'')?\"?([^\";]+)", re.IGNORECASE)


class TikaView(CompatView):
    switch = "COMPAT_TIKA"
    authentication_classes = [ClientKeyAuthentication]
    parser_classes = [MultiPartParser, RawBodyParser]

    def failure(self, failure: Failure) -> HttpResponse:
        """Text, as clients log it."""
        status = 422 if failure.code in PASSWORDS else STATUS.get(failure.code, failure.status)
        return HttpResponse(failure.message, f"{TEXT}; charset=utf-8", status)

    def post(self, request: Request, **kwargs: str) -> HttpResponse:
        """Forms are posted; some clients post bodies as well."""
        return self.put(request, **kwargs)


class ContentView(TikaView):
    """`/tika` answers what `Accept` asks for; `/tika/<form>` that form."""

    def get(self, request: Request, form: str = "") -> HttpResponse:
        return HttpResponse(GREETING, TEXT)

    def put(self, request: Request, form: str = "") -> HttpResponse:
        job = recognized(request)
        accept = request.headers.get("Accept", "*/*")
        media_type = wanted_type(form, accept)
        if media_type == JSON:
            content = TEXT if form in TEXT_FORMS else XHTML
            return JsonResponse({**metadata(job), "X-TIKA:content": text_of(job, content)})
        if media_type != TEXT and "xml" in accept:
            media_type = "text/xml"
        return HttpResponse(text_of(job, media_type), f"{media_type}; charset=utf-8")


class RecursiveView(TikaView):
    """`/rmeta`, with XHTML; `/rmeta/text`, and `/rmeta/ignore` without content."""

    def put(self, request: Request, form: str = "") -> HttpResponse:
        job = recognized(request)
        body = metadata(job)
        if form != "ignore":
            body["X-TIKA:content"] = text_of(job, TEXT if form == "text" else XHTML)
        return JsonResponse([body], safe=False)


class MetaView(TikaView):
    """Of the file alone, which is not recognized for it."""

    def put(self, request: Request) -> HttpResponse:
        file = sent_file(request)
        found = {
            "Content-Type": require_media_type(head(file)),
            "Content-Length": str(file.size),
            "resourceName": file_name(request, file),
        }
        if JSON in request.headers.get("Accept", ""):
            return JsonResponse(found)
        lines = "".join(f'"{name}","{value}"\n' for name, value in found.items())
        return HttpResponse(lines, "text/csv; charset=utf-8")


class DetectView(TikaView):
    def put(self, request: Request) -> HttpResponse:
        file = sent_file(request)
        return HttpResponse(sniff(head(file)) or "application/octet-stream", TEXT)


def wanted_type(form: str, accept: str) -> str:
    """Version 3 answers `/tika/text` with JSON, which clients that accept anything read."""
    if form in TEXT_FORMS:
        return TEXT if accept.startswith(TEXT) else JSON
    if form:
        return {"html": XHTML, "xml": XHTML, "json": JSON}[form]
    if JSON in accept:
        return JSON
    return XHTML if "html" in accept or "xml" in accept else TEXT


def recognized(request: Request) -> Job:
    file = sent_file(request)
    headers = request.headers
    options = Options(
        languages=installed_languages([headers.get("X-Tika-OCRLanguage", "")]),
        pdf_text=PDF_TEXT.get(headers.get("X-Tika-PDFOcrStrategy", "").lower(), "auto"),
        password=headers.get("Password", ""),
    )
    return recognize(request, file, options, name=file_name(request, file))


def sent_file(request: Request) -> File:
    """A part of a form, of any name, or the body. Raises OcrError(empty_file)."""
    parts = [file for name, file in request.FILES.items() if name != "image" or file.name]
    return parts[0] if parts else raw_file(request)


def file_name(request: Request, file: File) -> str:
    """Of a form's part, or in Content-Disposition."""
    found = FILE_NAME.search(request.headers.get("Content-Disposition", ""))
    return clean_name(file.name or (unquote(found[1]) if found else ""))


def head(file: File) -> bytes:
    file.seek(0)
    return file.read(HEAD_BYTES)


def text_of(job: Job, media_type: str) -> str:
    pages = entries.pages(job=job)
    return document_text(pages) if media_type == TEXT else document_xhtml(pages)


def metadata(job: Job) -> dict[str, Any]:
    return {
        "Content-Type": job.upload.media_type,
        "Content-Length": str(job.upload.size),
        "resourceName": job.upload.name,
        "xmpTPg:NPages": str(job.pages_total or 0),
        "X-TIKA:Parsed-By": ["onlineocr", job.engine_used],
    }


urlpatterns = [
    re_path("^tika(?:/(?P<form>text|html|xml|json|main))?$", ContentView.as_view()),
    re_path("^tika/form(?:/(?P<form>text|html|xml|json|main))?$", ContentView.as_view()),
    re_path("^rmeta(?:/(?P<form>text|html|xml|ignore))?$", RecursiveView.as_view()),
    re_path("^rmeta/form(?:/(?P<form>text|html|xml|ignore))?$", RecursiveView.as_view()),
    re_path("^meta(?:/form)?$", MetaView.as_view()),
    re_path("^detect/stream$", DetectView.as_view()),
]
