"""Recognition of an uploaded file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework import parsers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from app.api.docs import UploadSchema, boxes_parameter, error_responses, format_parameter
from app.api.serializers.jobs import JobDetailSerializer
from app.api.serializers.ocr import RecognitionSerializer, RecognizeSerializer
from app.api.serializers.onlineocr import old_answer
from app.api.submission import (
    AnonymousOcrAllowed,
    callback_of,
    idempotent,
    recognition_response,
    wait_seconds,
)
from app.exports.registry import EXPORTS
from app.http.bodies.json import JsonParser
from app.http.bodies.parsers import FormParser, ImageParser, OctetStreamParser, PdfParser
from app.http.bodies.size import BodyLimitMixin, file_limit
from app.http.caller import submitter_of
from app.models import Scope
from app.services import submission
from app.services.submission import SubmissionRequest

from .exports import render_export_response


class OcrViewSet(BodyLimitMixin, viewsets.ViewSet):
    """Extract the text of an image or PDF."""

    permission_classes = [AnonymousOcrAllowed]
    key_scope = Scope.OCR
    serializer_class = RecognizeSerializer
    parser_classes = [
        parsers.MultiPartParser,
        FormParser,
        JsonParser,
        ImageParser,
        PdfParser,
        OctetStreamParser,
    ]

    @swagger_auto_schema(
        auto_schema=UploadSchema,
        operation_id="ocr",
        operation_summary="Recognize an image or PDF",
        manual_parameters=[boxes_parameter, format_parameter],
        request_body=RecognizeSerializer,
        responses={
            200: RecognitionSerializer,
            202: openapi.Response("Continues in the background.", JobDetailSerializer),
            **error_responses(400, 401, 409, 413, 415, 422, 429, 503),
        },
    )
    def create(self, request: Request, format: str | None = None) -> Response:
        """Send the file as the form field `image`, as base64 in JSON, or as the body itself.

        The answer waits for the text. With `async=true`, for long documents, and when it takes too
        long, the recognition continues in the background: then the answer is 202 with the address
        of the job in `Location`. A stored result is answered at once, with 200. With an
        `Idempotency-Key` a request sent twice is done once.
        """
        asked = request_data(request)
        serializer = RecognizeSerializer(data=asked)
        serializer.is_valid(raise_exception=True)
        file_format = wanted_format(asked)
        values = serializer.validated_data
        with idempotent(request, serializer.facts) as once:
            wanted, caller = self.submission(request, serializer), submitter_of(request)
            job = once.job or once.accept(submission.submit(wanted, caller=caller))
        job = submission.outcome(
            job=job,
            wait_seconds=wait_seconds(request, values),
            max_pages=settings.SYNC_MAX_PAGES,
        )
        if settings.COMPAT_ONLINEOCR and job.ended and "Prefer" not in request.headers:
            return Response(old_answer(job))  # our own pages send Prefer
        if file_format and job.ended:
            return render_export_response(request, job, file_format, values.get("password", ""))
        return recognition_response(request, job)

    @property
    def keyless(self) -> bool:
        """The largest file; the first onlineocr had one limit for all callers."""
        return bool(settings.COMPAT_ONLINEOCR)

    def submission(self, request: Request, serializer: RecognizeSerializer) -> SubmissionRequest:
        values = serializer.validated_data
        return SubmissionRequest(
            file=values["image"],
            name=serializer.file_name(),
            options=serializer.options(),
            cache=values["cache"],
            max_bytes=file_limit(request, values["image"]),
            callback=callback_of(request, values),
        )


def wanted_format(asked: dict[str, Any]) -> str:
    """The `format`, such as pdf, of an answer that is a file. Raises ValidationError."""
    name = str(asked.get("format", ""))
    if name and name not in EXPORTS:
        raise ValidationError({"format": [f"One of: {', '.join(EXPORTS)}."]})
    return name


def request_data(request: Request) -> dict[str, Any]:
    """Fields of the body and of the query, which has the options if the body itself is the file."""
    data = request.data if isinstance(request.data, dict) else {}
    query = {name: value for name, value in request.query_params.items() if name not in data}
    return {**query, **(data.dict() if hasattr(data, "dict") else data)}
