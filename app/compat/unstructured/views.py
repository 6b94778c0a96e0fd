"""unstructured: `POST /general/v0/general`. docs/compat/unstructured.md"""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.http import HttpResponse
from django.urls import re_path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.fields import files_of
from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.recognition import recognize
from app.compat.shared.view import CompatView, fields_of
from app.ocr.options import Options
from app.services.history import entries

from .chunks import chunks
from .elements import as_csv, elements
from .options import AnswerOptions, answer_options, recognition_options

MOST_FILES = 20


class UnstructuredKeyAuthentication(ClientKeyAuthentication):
    def token(self, request: Request) -> str:
        return request.headers.get("unstructured-api-key", "").strip() or super().token(request)


class GeneralView(CompatView):
    switch = "COMPAT_UNSTRUCTURED"
    authentication_classes = [UnstructuredKeyAuthentication]
    max_files = MOST_FILES

    def post(self, request: Request) -> HttpResponse:
        """Returns a list of elements, or a list of lists for several files."""
        fields = fields_of(request)
        options, asked = recognition_options(fields), answer_options(fields)
        found = [
            self.partitioned(request, file, options, asked)
            for file in files_of(request, "files", MOST_FILES)
        ]
        if asked.as_csv:
            text = as_csv([element for part in found for element in part])
            return HttpResponse(text, "text/csv; charset=utf-8")
        return Response(found[0] if len(found) == 1 else found)

    def partitioned(
        self, request: Request, file: File, options: Options, asked: AnswerOptions
    ) -> list[dict[str, Any]]:
        job = recognize(request, file, options, name=file.name or "")
        found = elements(job, entries.pages(job=job), asked.elements)
        return list(chunks(found, asked.chunks) if asked.chunks else found)


# The path may occur twice: LangChain's loader appends it to a URL that already has it.
PATH = r"general/v0(?:\.\d+)*/general"
urlpatterns = [re_path(f"^(?:{PATH}/)?{PATH}/?$", GeneralView.as_view())]
