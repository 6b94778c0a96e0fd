"""Azure Document Intelligence, prebuilt-read: text and searchable PDF. docs/compat/azure.md"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.urls import re_path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.recognition import find, start
from app.compat.signed_pdf import searchable_pdf_response
from app.models import Status
from app.ocr.errors import OcrError
from app.services.history import entries

from .contract import OPERATION, AzureView, content_of, options_of, progress
from .document_content import DocumentContent
from .document_text import FORMATS, ContentFormat, DocumentText

# Query parameters that shape the result, and what they are where a client leaves them out.
DEFAULTS = {
    "api-version": "2024-11-30",
    "stringIndexType": "textElements",
    "outputContentFormat": "text",
}


class AnalyzeDocumentView(AzureView):
    def post(self, request: Request, root: str) -> HttpResponse:
        content = content_of(request, url="urlSource", base64="base64Source")
        output_format(request)
        operation = start(request, content, options_of(request, "locale"))
        # How the client wants the result has to be known again when it is rendered.
        asked = urlencode({name: asked_for(request, name) for name in DEFAULTS})
        location = request.build_absolute_uri(
            f"/{root}/documentModels/prebuilt-read/analyzeResults/{operation}?{asked}"
        )
        return HttpResponse(
            status=202,
            headers={"Operation-Location": location, "apim-request-id": str(operation)},
        )


class DocumentResultView(AzureView):
    def get(self, request: Request, root: str, operation: str) -> Response:
        job = find(request, operation)
        answer = progress(job)
        if job.status == Status.DONE:
            index = asked_for(request, "stringIndexType")
            pages = entries.pages(job=job)
            text = DocumentText(pages, output_format(request), LENGTHS.get(index, len))
            answer["analyzeResult"] = {
                "apiVersion": asked_for(request, "api-version"),
                "modelId": "prebuilt-read",
                "stringIndexType": index,
                **DocumentContent(job, pages, text).render(),
            }
        elif job.ended:
            answer["error"] = {"code": "InternalServerError", "message": job.error_message}
        return Response(answer)


class DocumentPdfView(AzureView):
    def get(self, request: Request, root: str, operation: str) -> HttpResponseBase:
        job = find(request, operation)
        if job.status != Status.DONE:
            raise OcrError("not_found", "There is no PDF of this operation yet.")
        return searchable_pdf_response(request, job)


def asked_for(request: Request, name: str) -> str:
    return request.query_params.get(name, DEFAULTS[name])


def output_format(request: Request) -> ContentFormat:
    """Raises OcrError(bad_option)."""
    name = asked_for(request, "outputContentFormat")
    if name not in FORMATS:
        raise OcrError("bad_option", "outputContentFormat is “text” or “markdown”.")
    return FORMATS[name]


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


# How a client counts in texts; Python counts code points.
LENGTHS: dict[str, Callable[[str], int]] = {"utf16CodeUnit": utf16_length}

# The service's first releases were called Form Recognizer.
ROOT = r"^(?P<root>documentintelligence|formrecognizer)/documentModels/prebuilt-read"
urlpatterns = [
    re_path(f"{ROOT}:analyze$", AnalyzeDocumentView.as_view()),
    re_path(f"{ROOT}/analyzeResults/{OPERATION}$", DocumentResultView.as_view()),
    re_path(f"{ROOT}/analyzeResults/{OPERATION}/pdf$", DocumentPdfView.as_view()),
]
