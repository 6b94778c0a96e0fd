"""Apache Tika's server: `/tika`, `/rmeta`, `/meta` and others. docs/compat/tika.md"""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.urls import re_path
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from app.compat.shared.archives import zip_of
from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.raw_body import RawBodyParser
from app.compat.shared.view import CompatView, Failure
from app.ocr.errors import OcrError
from app.ocr.images import sniff
from app.ocr.result import document_text
from app.services.history import entries

from .answers import JSON, TEXT, XHTML, as_csv, language_of, metadata, tar_of, text_of
from .requests import file_metadata, head, recognized, sent_file, sent_text

# Version of the vendor API, which clients may check; not of this site.
VERSION = "Apache Tika 3.2.0"
GREETING = f"This is Tika Server ({VERSION}). Please PUT\n"
STATUS = {"unsupported_type": 415, "unreadable_image": 422, "empty_file": 422}
PASSWORDS = ("password_required", "wrong_password")
TEXT_FORMS = ("text", "main")


class TikaView(CompatView):
    switch = "COMPAT_TIKA"
    authentication_classes = [ClientKeyAuthentication]
    parser_classes = [MultiPartParser, RawBodyParser]

    def failure(self, failure: Failure) -> HttpResponse:
        """Plain text, because clients log it."""
        status = 422 if failure.code in PASSWORDS else STATUS.get(failure.code, failure.status)
        return HttpResponse(failure.message, f"{TEXT}; charset=utf-8", status)

    def post(self, request: Request, **kwargs: str) -> HttpResponse:
        """Forms are posted; some clients post raw bodies as well."""
        return self.put(request, **kwargs)


class ContentView(TikaView):
    """`/tika` answers in the form that `Accept` requests, `/tika/<form>` in that form."""

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
    """`/rmeta` with XHTML, `/rmeta/text` with text, `/rmeta/ignore` without content."""

    def put(self, request: Request, form: str = "") -> HttpResponse:
        job = recognized(request)
        body = metadata(job)
        if form != "ignore":
            body["X-TIKA:content"] = text_of(job, TEXT if form == "text" else XHTML)
        return JsonResponse([body], safe=False)


class MetaView(TikaView):
    """Metadata of the file, which is not recognized for it."""

    def put(self, request: Request) -> HttpResponse:
        found = file_metadata(request)
        if JSON in request.headers.get("Accept", ""):
            return JsonResponse(found)
        return HttpResponse(as_csv(found), "text/csv; charset=utf-8")


class FieldView(TikaView):
    """One field of `/meta`."""

    def put(self, request: Request, name: str) -> HttpResponse:
        found = file_metadata(request)
        if name not in found:
            raise OcrError("not_found", f"The metadata has no {name[:40]}.")
        return HttpResponse(found[name], f"{TEXT}; charset=utf-8")


class DetectView(TikaView):
    def put(self, request: Request) -> HttpResponse:
        return HttpResponse(sniff(head(sent_file(request))) or "application/octet-stream", TEXT)


class LanguageView(TikaView):
    """Language of a text, or of the text in a picture or PDF."""

    def put(self, request: Request) -> HttpResponse:
        if sniff(head(sent_file(request))):
            text = document_text(entries.pages(job=recognized(request)))
        else:
            text = sent_text(request)
        return HttpResponse(language_of(text), TEXT)


class UnpackView(TikaView):
    """Text and metadata in one archive. Files embedded in the file are not extracted."""

    def put(self, request: Request) -> HttpResponse:
        job = recognized(request)
        parts = {"__TEXT__": text_of(job, TEXT), "__METADATA__": as_csv(metadata(job))}
        if "tar" in request.headers.get("Accept", ""):
            return HttpResponse(tar_of(parts), "application/x-tar")
        return HttpResponse(zip_of(parts.items()), "application/zip")


class NotServedView(TikaView):
    def get(self, request: Request, **names: str) -> HttpResponse:
        raise OcrError("not_found", "This is not served here: text and metadata are.")

    put = get


def wanted_type(form: str, accept: str) -> str:
    """Media type of the answer. Tika 3 answers `/tika/text` with JSON unless text is requested."""
    if form in TEXT_FORMS:
        return TEXT if accept.startswith(TEXT) else JSON
    if form:
        return {"html": XHTML, "xml": XHTML, "json": JSON}[form]
    if JSON in accept:
        return JSON
    return XHTML if "html" in accept or "xml" in accept else TEXT


urlpatterns = [
    re_path("^tika(?:/(?P<form>text|html|xml|json|main))?$", ContentView.as_view()),
    re_path("^tika/form(?:/(?P<form>text|html|xml|json|main))?$", ContentView.as_view()),
    re_path("^rmeta(?:/(?P<form>text|html|xml|ignore))?$", RecursiveView.as_view()),
    re_path("^rmeta/form(?:/(?P<form>text|html|xml|ignore))?$", RecursiveView.as_view()),
    re_path("^meta(?:/form)?$", MetaView.as_view()),
    re_path(r"^meta/(?P<name>[\w:.-]+)$", FieldView.as_view()),
    re_path("^detect/stream$", DetectView.as_view()),
    re_path("^language/(?:stream|string)$", LanguageView.as_view()),
    re_path("^unpack/all$", UnpackView.as_view()),
    re_path("^(?:unpack|translate|async|pipes)(?:/.*)?$", NotServedView.as_view()),
]
