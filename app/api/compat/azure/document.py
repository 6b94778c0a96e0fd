"""Azure Document Intelligence, prebuilt-read: text and searchable PDF. docs/compat/azure.md"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.urls import re_path
from rest_framework.request import Request
from rest_framework.response import Response

from app.api.compat.recognition import find, start
from app.api.compat.signed_pdf import searchable_pdf_response
from app.models import Status
from app.ocr.errors import OcrError
from app.services import results

from .contract import OPERATION, AzureView, content_of, options_of, progress
from .document_content import DocumentContent

API_VERSION = "2024-11-30"


class AnalyzeDocumentView(AzureView):
    def post(self, request: Request, root: str) -> HttpResponse:
        content = content_of(request, url="urlSource", base64="base64Source")
        operation = start(request, content, options_of(request, "locale"))
        version = request.query_params.get("api-version", API_VERSION)
        # The unit of offsets has to be known again when the result is rendered.
        index = request.query_params.get("stringIndexType", "textElements")
        location = request.build_absolute_uri(
            f"/{root}/documentModels/prebuilt-read/analyzeResults/{operation}"
            f"?api-version={version}&stringIndexType={index}"
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
            index = request.query_params.get("stringIndexType", "textElements")
            document = DocumentContent(job, results.pages(job=job), LENGTHS.get(index, len))
            answer["analyzeResult"] = {
                "apiVersion": request.query_params.get("api-version", API_VERSION),
                "modelId": "prebuilt-read",
                "stringIndexType": index,
                **document.render(),
            }
        elif job.ended:
            answer["error"] = {"code": "InternalServerError", "message": job.error_message}
        return Response(answer)


class DocumentPdfView(AzureView):
    def get(self, request: Request, root: str, operation: str) -> HttpResponseBase:
        job = find(request, operation)
        if job.status != Status.DONE:
            raise OcrError("not_found", "There is no PDF of this operation yet.")
        return searchable_pdf_response(job)


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
