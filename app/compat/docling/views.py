"""docling-serve, version 1: conversion of files and URLs, at once or as a task.

docs/compat/docling.md
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile, File
from django.http import HttpResponse
from django.urls import re_path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.fields import files_of, first
from app.compat.shared.recognition import find, recognize, start
from app.compat.shared.sources import base64_bytes, fetched
from app.compat.shared.view import fields_of
from app.ocr.errors import OcrError

from . import tasks, view
from .answers import answer
from .options import AnswerForm, answer_form, recognition_options
from .view import MOST_FILES, DoclingView

# Versions of the vendor API, which clients may check; not of this site.
VERSIONS = {"docling-serve": "1.10.0", "docling": "2.143.0"}


class ConvertFileView(DoclingView):
    """A form with the fields `files` and the options beside them."""

    def post(self, request: Request, **kwargs: str) -> HttpResponse:
        """`/async` starts a task."""
        form = self.form(request)
        options = recognition_options(self.options(request))
        files = self.files(request)
        if kwargs.get("later"):
            ids = [str(start(request, file, options, name=file.name or "")) for file in files]
            task = f"{'.'.join(ids)}-{form.signed()}"
            return Response(tasks.task_status([find(request, each) for each in ids], task, form))
        done = [recognize(request, file, options, name=file.name or "") for file in files]
        return answer(done, form)

    def options(self, request: Request) -> Mapping[str, Any]:
        """Options of the conversion under docling's names."""
        return fields_of(request)

    def target(self, request: Request) -> str:
        return first(fields_of(request), "target_type")

    def form(self, request: Request) -> AnswerForm:
        return answer_form(self.options(request), self.target(request))

    def files(self, request: Request) -> list[File]:
        return files_of(request, "files", MOST_FILES)


class ConvertSourceView(ConvertFileView):
    """JSON with `sources`, or with the two lists of the API before version 1."""

    def options(self, request: Request) -> Mapping[str, Any]:
        return member(fields_of(request), "options")

    def target(self, request: Request) -> str:
        return first(member(fields_of(request), "target"), "kind")

    def files(self, request: Request) -> list[File]:
        fields = fields_of(request)
        sources = [
            *({"kind": "http", **source} for source in objects(fields, "http_sources")),
            *({"kind": "file", **source} for source in objects(fields, "file_sources")),
            *objects(fields, "sources"),
        ]
        return [source_file(request, source) for source in checked(sources)]


def checked(files: list[Any]) -> list[Any]:
    """Raises OcrError(bad_request) for no files or too many."""
    if not 0 < len(files) <= MOST_FILES:
        raise OcrError("bad_request", f"Send 1 to {MOST_FILES} files.")
    return files


def source_file(request: Request, source: Mapping[str, Any]) -> File:
    """Raises OcrError."""
    if source.get("kind") == "http":
        return fetched(request, source.get("url", ""))
    if source.get("kind") == "file":
        content = base64_bytes(source.get("base64_string"))
        return ContentFile(content, name=str(source.get("filename", "")))
    raise OcrError("bad_request", "The kind of a source is “http” or “file”.")


def objects(fields: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The list of JSON objects of that name. Raises OcrError(bad_request) for anything else."""
    found = fields.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise OcrError("bad_request", f"{name} must be a list of objects.")
    return found


def member(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = fields.get(name)
    return found if isinstance(found, Mapping) else {}


LATER = "(?P<later>/async)?"
ROOT = "^v1(?:alpha)?/convert"
urlpatterns = [
    re_path(f"{ROOT}/file{LATER}$", ConvertFileView.as_view()),
    re_path(f"{ROOT}/source{LATER}$", ConvertSourceView.as_view()),
    *tasks.urlpatterns,
    *view.urlpatterns,
]
