"""Azure Document Intelligence, prebuilt-read and prebuilt-layout. docs/compat/azure.md"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.urls import re_path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.recognition import find, start
from app.compat.shared.signed_pdf import searchable_pdf_response
from app.models import Job, Status
from app.ocr.errors import OcrError
from app.services.history import entries, exports

from .document_content import DocumentContent
from .document_features import check_features, features_of, warnings_of, with_features
from .document_format import Markdown, PlainText
from .document_text import TextWriter
from .view import (
    OPERATION,
    AzureView,
    Json,
    content_of,
    error_of_job,
    options_of,
    progress,
)

LAYOUT = "prebuilt-layout"
# Query parameters of the result with their defaults.
DEFAULTS = {
    "api-version": "2024-11-30",
    "stringIndexType": "textElements",
    "outputContentFormat": "text",
    "features": "",
}


class AnalyzeDocumentView(AzureView):
    def post(self, request: Request, root: str, model: str) -> HttpResponse:
        output_format(request, model)
        check_parameters(request)
        features = check_features(request)
        content = content_of(request, url="urlSource", base64="base64Source")
        options = with_features(options_of(request, "locale"), features)
        operation = start(request, content, options)
        # The URL of the result carries the parameters that its rendering needs.
        asked = {name: asked_for(request, name) for name in DEFAULTS}
        asked["features"] = ",".join(sorted(features))
        query = urlencode({name: value for name, value in asked.items() if value})
        location = request.build_absolute_uri(
            f"/{root}/documentModels/{model}/analyzeResults/{operation}?{query}"
        )
        return HttpResponse(
            status=202,
            headers={"Operation-Location": location, "apim-request-id": str(operation)},
        )


class DocumentResultView(AzureView):
    def get(self, request: Request, root: str, model: str, operation: str) -> Response:
        job = find(request, operation)
        answer = progress(job)
        if job.status == Status.DONE:
            answer["analyzeResult"] = analysis(request, job, model)
        elif job.ended:
            answer["error"] = error_of_job(job)
        return Response(answer)

    def delete(self, request: Request, root: str, model: str, operation: str) -> HttpResponse:
        """Deletes the entry for good, and its file if no other entry needs it."""
        entries.delete(jobs=[find(request, operation)])
        return HttpResponse(status=204)


class DocumentPdfView(AzureView):
    def get(self, request: Request, root: str, model: str, operation: str) -> HttpResponseBase:
        job = find(request, operation)
        if job.status != Status.DONE:
            raise OcrError("not_found", "There is no PDF of this operation yet.")
        return searchable_pdf_response(request, job)


class DocumentFigureView(AzureView):
    """The picture of a figure, whether or not `output=figures` was sent."""

    def get(
        self, request: Request, root: str, model: str, operation: str, page: str, number: str
    ) -> HttpResponse:
        job = find(request, operation)
        done = job.status == Status.DONE
        pictures = exports.figure_pictures(job=job, lossless=True) if done else {}
        picture = pictures.get((int(page), int(number)))
        if picture is None:
            raise OcrError("not_found", "There is no picture of this figure.")
        return HttpResponse(picture, content_type="image/png")


def analysis(request: Request, job: Job, model: str) -> Json:
    index = asked_for(request, "stringIndexType")
    text = TextWriter(LENGTHS.get(index, len))
    content = DocumentContent(job, text, output_format(request, model), layout=model == LAYOUT)
    features = features_of(request)
    warnings = warnings_of(features)
    return {
        "apiVersion": asked_for(request, "api-version"),
        "modelId": model,
        "stringIndexType": index,
        **content.render(entries.pages(job=job), languages="languages" in features),
        **({"warnings": warnings} if warnings else {}),
    }


def asked_for(request: Request, name: str) -> str:
    return request.query_params.get(name, DEFAULTS[name])


def check_parameters(request: Request) -> None:
    """Raises OcrError(bad_feature)."""
    if asked_for(request, "stringIndexType") not in LENGTHS:
        raise OcrError("bad_feature", f"stringIndexType is one of {', '.join(LENGTHS)}.")
    outputs = {name for name in request.query_params.get("output", "").split(",") if name}
    if outputs - {"pdf", "figures"}:
        raise OcrError("bad_feature", "output is “pdf”, “figures” or both.")


def output_format(request: Request, model: str) -> PlainText:
    """Raises OcrError(bad_feature)."""
    name = asked_for(request, "outputContentFormat")
    if name == "markdown":
        return Markdown(structured=model == LAYOUT)
    if name == "text":
        return PlainText()
    raise OcrError("bad_feature", "outputContentFormat is “text” or “markdown”.")


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


# Lengths in the units that a client may count in; Python counts code points.
LENGTHS: dict[str, Callable[[str], int]] = {
    "textElements": len,
    "unicodeCodePoint": len,
    "utf16CodeUnit": utf16_length,
}

# The service's first releases were called Form Recognizer.
ROOT = (
    r"^(?P<root>documentintelligence|formrecognizer)/documentModels/"
    r"(?P<model>prebuilt-read|prebuilt-layout)"
)
FIGURE = r"(?P<page>\d{1,6})\.(?P<number>\d{1,6})"
urlpatterns = [
    re_path(f"{ROOT}:analyze$", AnalyzeDocumentView.as_view()),
    re_path(f"{ROOT}/analyzeResults/{OPERATION}$", DocumentResultView.as_view()),
    re_path(f"{ROOT}/analyzeResults/{OPERATION}/pdf$", DocumentPdfView.as_view()),
    re_path(f"{ROOT}/analyzeResults/{OPERATION}/figures/{FIGURE}$", DocumentFigureView.as_view()),
]
