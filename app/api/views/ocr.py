from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework import parsers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from app.api.docs import ERRORS, UploadSchema, boxes_parameter, format_parameter
from app.api.exporting import export_response
from app.api.serializers.jobs import JobDetailSerializer
from app.api.serializers.ocr import RecognitionSerializer, RecognizeSerializer
from app.api.submission import (
    AnonymousOcrAllowed,
    callback_of,
    once_arguments,
    recognition_response,
    wait_seconds,
)
from app.api.throttling import sender_of
from app.api.visitors import visitor_of
from app.exports.registry import EXPORTS
from app.http.body_size import BodyLimitMixin
from app.http.json_bodies import JsonParser
from app.http.parsers import FormParser, ImageParser, OctetStreamParser, PdfParser
from app.models import Job, Scope
from app.services.limits import idempotency
from app.services.submission import intake, uploads


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
            202: openapi.Response("Goes on in the background.", JobDetailSerializer),
            **ERRORS(400, 401, 409, 413, 415, 422, 429, 503),
        },
    )
    def create(self, request: Request, format: str | None = None) -> Response:
        """Send the file as the form field `image`, as base64 in JSON, or as the body itself.

        The answer waits for the text. With `async=true`, for long documents, and when it takes too
        long, the work goes on in the background: then the answer is 202 and `Location` says where
        to ask. With an `Idempotency-Key` the same request sent twice is done once.
        """
        asked = request_data(request)
        serializer = RecognizeSerializer(data=asked)
        serializer.is_valid(raise_exception=True)
        file_format = wanted_format(asked)
        values = serializer.validated_data
        with idempotency.once(
            **once_arguments(request),
            fingerprint=lambda: idempotency.fingerprint(
                serializer.options().to_json(),
                uploads.sha256_of(values["image"]),
                values.get("callback_url"),
            ),
        ) as record:
            job = record.job if record else None
            if job is None:
                job = self.submit(request, serializer)
                idempotency.accepted(record, job=job)
        job = intake.outcome(
            job=job,
            wait_seconds=wait_seconds(request, values),
            max_pages=settings.SYNC_MAX_PAGES,
        )
        if file_format and job.ended:
            return export_response(request, job, file_format, values.get("password", ""))
        return recognition_response(request, job)

    def submit(self, request: Request, serializer: RecognizeSerializer) -> Job:
        values = serializer.validated_data
        return intake.submit(
            content=values["image"],
            name=serializer.file_name(),
            owner=request.user if request.user.is_authenticated else None,
            visitor=visitor_of(request),
            options=serializer.options(),
            charged_to=sender_of(request).subject,
            cache=values["cache"],
            callback=callback_of(request, values),
        )


def wanted_format(asked: dict[str, Any]) -> str:
    """`format=pdf` asks for a file instead of JSON; an unknown one is refused before any work."""
    name = str(asked.get("format", ""))
    if name and name not in EXPORTS:
        raise ValidationError({"format": [f"One of: {', '.join(EXPORTS)}."]})
    return name


def request_data(request: Request) -> dict[str, Any]:
    """Body fields; a body that is the file itself leaves the options to the query string."""
    data = request.data if isinstance(request.data, dict) else {}
    query = {name: value for name, value in request.query_params.items() if name not in data}
    return {**query, **(data.dict() if hasattr(data, "dict") else data)}
