"""unstructured: `POST /general/v0/general`. docs/compat/unstructured.md"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.http import HttpResponse
from django.urls import re_path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.fields import files_of, first, flag, values
from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.languages import installed_languages
from app.compat.shared.recognition import recognize
from app.compat.shared.view import NUMBER, CompatView, Failure, fields_of
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.services.history import entries

from .elements import ElementOptions, as_csv, elements

MOST_FILES = 20
# The other strategies take a page's own text where it is sound.
PDF_TEXT = {"": "auto", "auto": "auto", "fast": "auto", "hi_res": "auto", "ocr_only": "ignore"}
FORMATS = ("", "application/json", "text/csv")


class UnstructuredKeyAuthentication(ClientKeyAuthentication):
    def token(self, request: Request) -> str:
        return request.headers.get("unstructured-api-key", "").strip() or super().token(request)


class GeneralView(CompatView):
    switch = "COMPAT_UNSTRUCTURED"
    authentication_classes = [UnstructuredKeyAuthentication]
    max_files = MOST_FILES

    def post(self, request: Request) -> HttpResponse:
        """A list of elements; of several files a list of lists."""
        fields = fields_of(request)
        check_served(fields)
        options, asked = recognition_options(fields), element_options(fields)
        found = [
            self.partitioned(request, file, options, asked)
            for file in files_of(request, "files", MOST_FILES)
        ]
        if first(fields, "output_format") == "text/csv":
            text = as_csv([element for part in found for element in part])
            return HttpResponse(text, "text/csv; charset=utf-8")
        return Response(found[0] if len(found) == 1 else found)

    def partitioned(
        self, request: Request, file: File, options: Options, asked: ElementOptions
    ) -> list[dict[str, Any]]:
        job = recognize(request, file, options, name=file.name or "")
        return list(elements(job, entries.pages(job=job), asked))

    def failure(self, failure: Failure) -> HttpResponse:
        status = 504 if failure.code == "page_timeout" else failure.status
        return Response({"detail": failure.message}, status)


def recognition_options(fields: Mapping[str, Any]) -> Options:
    strategy = first(fields, "strategy").lower()
    if strategy not in PDF_TEXT:
        raise OcrError("bad_request", "strategy must be auto, fast, hi_res or ocr_only.")
    names = [*values(fields, "languages"), *values(fields, "ocr_languages")]
    return Options(languages=installed_languages(names), pdf_text=PDF_TEXT[strategy])


def element_options(fields: Mapping[str, Any]) -> ElementOptions:
    start = first(fields, "starting_page_number") or "1"
    if not NUMBER.fullmatch(start):
        raise OcrError("bad_request", "starting_page_number must be a number.")
    return ElementOptions(
        coordinates=flag(fields, "coordinates"),
        page_breaks=flag(fields, "include_page_breaks"),
        first_page=int(start),
    )


def check_served(fields: Mapping[str, Any]) -> None:
    """Raises OcrError(bad_request)."""
    if first(fields, "chunking_strategy") not in ("", "none"):
        raise OcrError("bad_request", "chunking_strategy is not served; chunk the elements.")
    if first(fields, "output_format") not in FORMATS:
        raise OcrError("bad_request", "output_format must be application/json or text/csv.")


urlpatterns = [re_path(r"^general/v0(?:\.\d+)*/general/?$", GeneralView.as_view())]
