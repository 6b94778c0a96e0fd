"""Google Cloud Vision: images:annotate and files:annotate. docs/compat/google-vision.md"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.recognition import recognize, recognize_pages
from app.compat.shared.view import CompatView, Failure
from app.http.authentication import KeyAuthentication
from app.http.bodies.json import AnyTypeJsonParser
from app.models import ApiKey
from app.ocr.errors import OcrError
from app.services.history import entries

from .annotation import annotate
from .errors import request_error, rpc_status
from .requests import (
    MAX_PAGES,
    check_features,
    file_content,
    image_content,
    options_of,
    pages_of,
    requests_of,
)

Answer = dict[str, Any]
# "projects/p/" or "projects/p/locations/l/" may precede a method.
ROOT = r"^v1(?:p[1-9]beta1)?/(?:(?P<parent>projects/[\w./-]+)/)?"


class GoogleKeyAuthentication(KeyAuthentication):
    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """Refuses Google's OAuth tokens: their callers do not mean to be anonymous."""
        found = super().authenticate(request)
        if found is None and request.headers.get("Authorization", "").lower().startswith("bearer "):
            raise AuthenticationFailed(
                "Request had invalid authentication credentials. Expected a key of this site as "
                "X-Goog-Api-Key, as ?key=, or after “Bearer”.",
                "bad_token",
            )
        return found

    def token(self, request: Request) -> str:
        sent = request.headers.get("X-Goog-Api-Key") or request.query_params.get("key", "")
        return sent or super().token(request)


class AnnotateView(CompatView):
    switch = "COMPAT_GOOGLE_VISION"
    authentication_classes = [GoogleKeyAuthentication]
    parser_classes = [AnyTypeJsonParser]  # scripts on pages send JSON as text
    # At the maximum size; more fit if smaller. The body is held in memory.
    max_files = 4

    def failure(self, failure: Failure) -> HttpResponse:
        body = request_error(failure)
        return Response(body, body["error"]["code"])


class ImagesView(AnnotateView):
    def post(self, request: Request, parent: str = "") -> Response:
        """An image's error is reported in its own answer; the others are still recognized."""
        wanted = requests_of(request.data)
        return Response({"responses": [answered(read_image, request, one) for one in wanted]})


class FilesView(AnnotateView):
    def post(self, request: Request, parent: str = "") -> Response:
        wanted = requests_of(request.data)
        return Response({"responses": [answered(read_file, request, one) for one in wanted]})


def answered(
    read: Callable[[Request, Mapping[str, Any]], Answer], request: Request, one: Mapping[str, Any]
) -> Answer:
    try:
        return read(request, one)
    except OcrError as error:
        return {"error": rpc_status(error)}


def read_image(request: Request, one: Mapping[str, Any]) -> Answer:
    check_features(one)
    pages = recognize_pages(request, image_content(request, one), options_of(one))
    return annotate(pages[0]) if pages else {}


def read_file(request: Request, one: Mapping[str, Any]) -> Answer:
    check_features(one)
    job = recognize(request, file_content(one), options_of(one, pages_of(one)))
    pages = entries.pages(job=job)[:MAX_PAGES]
    return {
        "responses": [{**annotate(page), "context": {"pageNumber": page.number}} for page in pages],
        "totalPages": job.pages_total,
    }
