"""OCR.space: `/parse/image` and `/parse/imageurl`. docs/compat/ocr-space.md"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.http import HttpResponse, HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.recognition import recognize
from app.compat.shared.signed_pdf import pdf_response, signed_token
from app.compat.shared.sources import base64_bytes, fetched
from app.compat.shared.view import CompatView, Failure
from app.http.authentication import KeyAuthentication
from app.models import Job
from app.ocr.errors import OcrError
from app.services.history import entries

from .answers import SuccessBody, error_body, limit_text
from .options import Parameters

# The key in OCR.space's own examples; its callers are anonymous.
DEMO_KEY = "helloworld"
NO_PDF = "Searchable PDF not generated as it was not requested."


class ApikeyAuthentication(KeyAuthentication):
    def token(self, request: Request) -> str:
        token = sent_key(request)
        return "" if token == DEMO_KEY else token


class ParseView(CompatView):
    switch = "COMPAT_OCR_SPACE"
    authentication_classes = [ApikeyAuthentication]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.started = time.monotonic()
        super().initial(request, *args, **kwargs)
        if not request.user.is_authenticated and sent_key(request) != DEMO_KEY:
            raise OcrError("key_missing", "No key.")

    def post(self, request: Request) -> Response:
        return self.parse(request, Parameters(sent_fields(request)))

    def parse(self, request: Request, parameters: Parameters) -> Response:
        content = sent_file(request, parameters)
        name = getattr(content, "name", "") or ""
        job = recognize(request, content, parameters.options(), name=name)
        body = SuccessBody(entries.pages(job=job), parameters)
        return Response(body.render(self.milliseconds(), self.pdf_url(request, job, parameters)))

    def pdf_url(self, request: Request, job: Job, parameters: Parameters) -> str:
        if not parameters.flag("iscreatesearchablepdf"):
            return NO_PDF
        return request.build_absolute_uri(f"/parse/pdf/{signed_token(job)}")

    def milliseconds(self) -> str:
        return str(round((time.monotonic() - self.started) * 1000))

    def failure(self, failure: Failure) -> HttpResponse:
        """403 with a bare JSON string for keys and limits, else mostly 200 with OCRExitCode."""
        if failure.code == "key_missing":
            missing = "API Key is not specified. Please provide a valid API key."
            return Response(missing, 403)
        if failure.about_key:
            return Response("The API key is invalid", 403)
        if failure.about_limits:
            return Response(limit_text(failure), 403)
        if failure.status in (405, 415):
            return Response({"Message": failure.message}, failure.status)
        return Response(error_body(failure, self.milliseconds()))


class ParseUrlView(ParseView):
    """`GET /parse/imageurl?apikey=…&url=…`"""

    counts_reads = True

    def get(self, request: Request) -> Response:
        return self.parse(request, Parameters(sent_fields(request)))


class SearchablePdfView(CompatView):
    """The link itself is the key."""

    switch = "COMPAT_OCR_SPACE"
    authentication_classes = []

    def anonymous_allowed(self) -> bool:
        return True

    def get(self, request: Request, token: str) -> HttpResponseBase:
        return pdf_response(request, token)


def sent_fields(request: Request) -> dict[str, Any]:
    """Fields of form and query by lower-case name: clients write names in any case."""
    form = request.data if isinstance(request.data, Mapping) else {}
    both = [*request.query_params.items(), *form.items()]
    return {name.lower(): value for name, value in both if not isinstance(value, File)}


def sent_key(request: Request) -> str:
    return str(request.headers.get("apikey") or sent_fields(request).get("apikey", ""))


def sent_file(request: Request, parameters: Parameters) -> File | bytes:
    """A file part of any name, or else base64, or else a URL."""
    for file in request.FILES.values():
        return file
    if parameters.text("base64image"):
        return base64_bytes(parameters.base64_image())
    if parameters.text("url"):
        return fetched(request, parameters.text("url"))
    raise OcrError("no_source", "No file uploaded or URL provided")
