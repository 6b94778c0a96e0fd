"""docling-serve, version 1: conversion of files and URLs, at once or as a task.

docs/compat/docling.md
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.http import HttpResponse
from django.urls import re_path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.fields import files_of, first
from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.recognition import find, recognize, start
from app.compat.shared.sources import base64_bytes, fetched
from app.compat.shared.view import CompatView, Failure, fields_of
from app.models import Job, Status
from app.ocr.errors import OcrError
from app.services import jobs

from .answers import converted, task_status, zipped
from .options import FORMATS, parsed
from .options import Request as Conversion

# Of the vendor API, which clients may check; not those of this site.
VERSIONS = {"docling-serve": "1.10.0", "docling": "2.143.0"}
MOST_FILES = 20
# The job's id, and the letters of the formats in which its result is wanted.
TASK = r"(?P<task>(?P<job>[0-9a-fA-F-]{32,36})-(?P<letters>[a-z]{1,4}))"
NO_TASK = "Task not found."  # clients compare both
NO_RESULT = "Task result not found. Please wait for a completion status."


class DoclingKeyAuthentication(ClientKeyAuthentication):
    def token(self, request: Request) -> str:
        """Open WebUI writes the scheme into X-Api-Key too."""
        return super().token(request).removeprefix("Bearer ")


class DoclingView(CompatView):
    switch = "COMPAT_DOCLING"
    authentication_classes = [DoclingKeyAuthentication]
    max_files = MOST_FILES

    def failure(self, failure: Failure) -> HttpResponse:
        if failure.code == "page_timeout":
            return Response({"detail": failure.message}, 504)
        status = 422 if failure.code == "bad_request" else failure.status
        return Response({"detail": failure.message}, status)


class ConvertFileView(DoclingView):
    """The form fields `files` with the options beside them."""

    def post(self, request: Request, **kwargs: str) -> HttpResponse:
        return self.answer(request, self.conversion(request), self.files(request))

    def conversion(self, request: Request) -> Conversion:
        fields = fields_of(request)
        return parsed(fields, first(fields, "target_type"))

    def files(self, request: Request) -> list[File]:
        return files_of(request, "files", MOST_FILES)

    def answer(self, request: Request, wanted: Conversion, files: list[File]) -> HttpResponse:
        done = [recognize(request, it, wanted.options, name=it.name or "") for it in files]
        if wanted.as_zip or len(done) > 1:
            return zipped(done, wanted.formats, wanted.page_break)
        return Response(converted(done[0], wanted.formats, wanted.page_break))


class ConvertSourceView(ConvertFileView):
    """JSON with `sources`, or with the two lists of the API before version 1."""

    def conversion(self, request: Request) -> Conversion:
        fields = fields_of(request)
        return parsed(member(fields, "options"), first(member(fields, "target"), "kind"))

    def files(self, request: Request) -> list[File]:
        fields = fields_of(request)
        sources = [
            *({"kind": "http", **source} for source in objects(fields, "http_sources")),
            *({"kind": "file", **source} for source in objects(fields, "file_sources")),
            *objects(fields, "sources"),
        ]
        return [source_file(request, source) for source in checked(sources)]


class TaskMixin:
    def answer(self, request: Request, wanted: Conversion, files: list[File]) -> HttpResponse:
        if len(files) > 1 or wanted.as_zip:
            raise OcrError("bad_request", "A task converts one file to the target “inbody”.")
        [file] = files
        job = start(request, file, wanted.options, name=file.name or "")
        task = f"{job}-{''.join(FORMATS[name] for name in wanted.formats)}"
        return Response(task_status(find(request, str(job)), task))


class ConvertFileTaskView(TaskMixin, ConvertFileView):
    pass


class ConvertSourceTaskView(TaskMixin, ConvertSourceView):
    pass


class PollView(DoclingView):
    """`?wait=` seconds for the end of the task."""

    def get(self, request: Request, task: str, job: str, letters: str) -> Response:
        found = own_task(request, job)
        if not found.ended:
            found = jobs.wait(job=found, seconds=wait_seconds(request))
        return Response(task_status(found, task))


class ResultView(DoclingView):
    def get(self, request: Request, task: str, job: str, letters: str) -> Response:
        found = own_task(request, job)
        if found.status != Status.DONE:
            raise OcrError("not_found", NO_RESULT)
        formats = [name for name, letter in FORMATS.items() if letter in letters]
        return Response(converted(found, formats))


class HealthView(DoclingView):
    def anonymous_allowed(self) -> bool:
        return True

    def get(self, request: Request) -> Response:
        return Response({"status": "ok"})


def own_task(request: Request, job: str) -> Job:
    try:
        return find(request, job)
    except OcrError:
        raise OcrError("not_found", NO_TASK) from None


def wait_seconds(request: Request) -> float:
    try:
        asked = float(request.query_params.get("wait", 0))
    except ValueError:
        raise OcrError("bad_request", "wait must be a number of seconds.") from None
    return min(asked, settings.SYNC_SECONDS) if asked > 0 else 0


def checked(files: list[Any]) -> list[Any]:
    """Raises OcrError(bad_request) for none and for too many."""
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


ROOT = "^v1(?:alpha)?/convert"
urlpatterns = [
    re_path(rf"{ROOT}/file$", ConvertFileView.as_view()),
    re_path(rf"{ROOT}/source$", ConvertSourceView.as_view()),
    re_path(rf"{ROOT}/file/async$", ConvertFileTaskView.as_view()),
    re_path(rf"{ROOT}/source/async$", ConvertSourceTaskView.as_view()),
    re_path(rf"^v1(?:alpha)?/status/poll/{TASK}$", PollView.as_view()),
    re_path(rf"^v1(?:alpha)?/result/{TASK}$", ResultView.as_view()),
    re_path("^health$", HealthView.as_view()),
]
