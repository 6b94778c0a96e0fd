"""Chunks of docling-serve: conversions whose results are cut up for embedding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import re_path
from rest_framework.request import Request

from app.compat.shared.fields import flag
from app.compat.shared.view import fields_of
from app.ocr.errors import OcrError

from .options import AnswerForm, token_count
from .views import LATER, ConvertFileView, ConvertSourceView, member


class ChunkFileView(ConvertFileView):
    """Form fields `convert_…` and `chunking_…`."""

    def options(self, request: Request) -> Mapping[str, Any]:
        return without_prefix(request, "convert_")

    def chunking(self, request: Request) -> Mapping[str, Any]:
        return without_prefix(request, "chunking_")

    def form(self, request: Request) -> AnswerForm:
        form, asked = super().form(request), self.chunking(request)
        if form.as_zip:
            raise OcrError("bad_request", "Chunks have the target “inbody”.")
        return replace(
            form,
            chunker=self.kwargs["chunker"],
            max_tokens=token_count(asked),
            merge_peers=flag(asked, "merge_peers", default=True),
            markdown_tables=flag(asked, "use_markdown_tables"),
            raw_text=flag(asked, "include_raw_text"),
            with_document=flag(fields_of(request), "include_converted_doc"),
        )


class ChunkSourceView(ChunkFileView, ConvertSourceView):
    def options(self, request: Request) -> Mapping[str, Any]:
        return member(fields_of(request), "convert_options")

    def chunking(self, request: Request) -> Mapping[str, Any]:
        return member(fields_of(request), "chunking_options")


def without_prefix(request: Request, prefix: str) -> dict[str, Any]:
    """Form fields with the prefix, as lists of values by their name without it."""
    form = request.data
    lists = form.lists() if hasattr(form, "lists") else ()
    return {name.removeprefix(prefix): sent for name, sent in lists if name.startswith(prefix)}


ROOT = "^v1/chunk/(?P<chunker>hierarchical|hybrid)"
urlpatterns = [
    re_path(f"{ROOT}/file{LATER}$", ChunkFileView.as_view()),
    re_path(f"{ROOT}/source{LATER}$", ChunkSourceView.as_view()),
]
