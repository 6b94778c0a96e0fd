from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_yasg.utils import swagger_auto_schema
from rest_framework import parsers, permissions, status, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from app.api.docs import ERRORS, UploadSchema, boxes_parameter, format_parameter
from app.api.exporting import export_response
from app.api.limits import BodyLimitMixin
from app.api.parsers import ImageParser, OctetStreamParser, PdfParser
from app.api.serializers.ocr import RecognitionSerializer, RecognizeSerializer
from app.api.throttling import sender_of
from app.api.visitors import visitor_of
from app.exports.registry import EXPORTS
from app.models import Job, Scope
from app.services import intake


class AnonymousOcrAllowed(permissions.BasePermission):
    """Everybody, unless the site takes files from accounts only."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(settings.ANONYMOUS_OCR or request.user.is_authenticated)


class OcrViewSet(BodyLimitMixin, viewsets.ViewSet):
    """Extract the text of an image or PDF."""

    permission_classes = [AnonymousOcrAllowed]
    key_scope = Scope.OCR
    serializer_class = RecognizeSerializer
    parser_classes = [
        parsers.MultiPartParser,
        parsers.FormParser,
        parsers.JSONParser,
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
        responses={200: RecognitionSerializer, **ERRORS(400, 401, 413, 415, 422, 429, 503)},
    )
    def create(self, request: Request, format: str | None = None) -> Response:
        """Send the file as the form field `image`, as base64 in JSON, or as the body itself.

        The answer waits for the text. Work that takes longer goes on in the background: then the
        answer is 202 and `Location` says where to ask.
        """
        serializer = RecognizeSerializer(data=request_data(request))
        serializer.is_valid(raise_exception=True)
        file_format = wanted_format(request)
        job = intake.recognize(
            content=serializer.validated_data["image"],
            name=serializer.file_name(),
            owner=request.user if request.user.is_authenticated else None,
            visitor=visitor_of(request),
            options=serializer.options(),
            wait_seconds=settings.SYNC_SECONDS,
            charged_to=sender_of(request).subject,
        )
        if file_format and job.ended:
            return export_response(request, job, file_format)
        return recognition_response(request, job)


def wanted_format(request: Request) -> str:
    """`?format=pdf` asks for a file instead of JSON; an unknown one is refused before any work."""
    name: str = request.query_params.get("format", "")
    if name and name not in EXPORTS:
        raise ValidationError({"format": [f"One of: {', '.join(EXPORTS)}."]})
    return name


def request_data(request: Request) -> dict[str, Any]:
    """Body fields; a body that is the file itself leaves the options to the query string."""
    data = request.data if isinstance(request.data, dict) else {}
    query = {name: value for name, value in request.query_params.items() if name not in data}
    return {**query, **(data.dict() if hasattr(data, "dict") else data)}


def recognition_response(request: Request, job: Job) -> Response:
    """200 with the text, or 202 with the place to ask for it."""
    if job.ended:
        boxes = request.query_params.get("boxes", "").lower() in ("1", "true", "yes")
        context = {"request": request, "boxes": boxes}
        return Response(RecognitionSerializer(job, context=context).data)
    location = reverse("job-detail", [job.pk], request=request)
    if job.visitor:
        location += f"?visitor={job.visitor}"
    body = {"id": job.pk, "status": job.status, "url": location}
    return Response(body, status.HTTP_202_ACCEPTED, headers={"Location": location})
