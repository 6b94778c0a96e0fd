from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import FileResponse
from drf_yasg.utils import swagger_auto_schema
from rest_framework import mixins, parsers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from app.api.batch_requests import once, sent_serializer, what_is_sent
from app.api.docs import ERRORS, UploadSchema
from app.api.serializers.batches import (
    BatchDetailSerializer,
    BatchFormSerializer,
    BatchSerializer,
)
from app.api.serializers.exports import BatchExportSerializer
from app.api.serializers.webhooks import WebhookSerializer
from app.api.submission import AnonymousOcrAllowed, callback_of
from app.api.throttling import RateThrottle
from app.api.visitors import visitor_of
from app.http.body_size import check_body_size, sender_limit
from app.http.downloads import batch_results_response
from app.http.json_bodies import JsonParser
from app.http.negotiation import AnyRenderer
from app.models import Batch, Scope, Webhook
from app.ocr.errors import OcrError
from app.services import batches
from app.services.limits import idempotency

from .jobs import SenderViewMixin, visitor_parameter, wait_parameter, wanted_wait

# Bytes of a body beside the files: each may have a name and an id.
OTHER_FIELDS = 1_000_000
# Files of the largest size: JSON stands in memory, forms do not.
FILES_IN_JSON = 10


class BatchViewSet(
    SenderViewMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Batch],
):
    """Many files at once."""

    permission_classes = [AnonymousOcrAllowed]
    key_scope = Scope.OCR
    parser_classes = [parsers.MultiPartParser, JsonParser]
    filter_backends: list[Any] = []
    lookup_value_regex = "[0-9a-f-]{32,36}"
    largest_body = None  # initial() looks at the size

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        limit = settings.BATCH_MAX_BYTES
        if not (request.content_type or "").startswith("multipart/"):
            limit = min(limit, FILES_IN_JSON * sender_limit(request))
        check_body_size(request, limit, other_fields=OTHER_FIELDS)

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Batch.objects.none()
        return self.visible(Batch.objects.with_counts())

    def get_serializer_class(self) -> type[BatchSerializer]:
        return BatchSerializer if self.action == "list" else BatchDetailSerializer

    @swagger_auto_schema(
        auto_schema=UploadSchema,
        operation_summary="Send a batch",
        request_body=BatchFormSerializer,
        responses={202: BatchDetailSerializer, **ERRORS(400, 401, 409, 413, 422, 429, 503)},
    )
    def create(self, request: Request, format: str | None = None) -> Response:
        """Repeat the form part `images` for each file, or send a ZIP archive. In JSON `images` is
        a list of `{"image": "<base64>", "id": "…", "name": "…"}`. A file that cannot be taken in
        is listed with its error; the others are recognized all the same.
        """
        serializer = sent_serializer(request)
        values = serializer.validated_data
        with once(request, serializer) as record:
            batch = record.batch if record and record.batch else None
            if batch is None:
                batch = batches.create(
                    owner=request.user if request.user.is_authenticated else None,
                    visitor=visitor_of(request),
                    name=values.get("name", ""),
                    callback=callback_of(request, values),
                    **what_is_sent(request, serializer),
                )
                idempotency.accepted(record, batch=batch)
        return self.accepted(request, batch)

    @swagger_auto_schema(
        auto_schema=UploadSchema,
        operation_summary="Add files to a batch",
        request_body=BatchFormSerializer,
        manual_parameters=[visitor_parameter],
        responses={202: BatchDetailSerializer, **ERRORS(400, 401, 404, 409, 413, 422, 429, 503)},
    )
    @action(detail=True, methods=["post"])
    def files(self, request: Request, pk: str, format: str | None = None) -> Response:
        """For more than one request may hold. The fields are those of POST /api/batches/ but for
        `name` and `callback_url`; a batch with a `callback_url` takes no further files (409).
        """
        batch = self.get_object()
        serializer = sent_serializer(request)
        if "callback_url" in serializer.validated_data:
            raise OcrError("bad_option", "callback_url is for the request that makes the batch.")
        with once(request, serializer, str(batch.pk)) as record:
            if record is None or record.batch is None:
                batches.add(batch=batch, **what_is_sent(request, serializer))
                idempotency.accepted(record, batch=batch)
        return self.accepted(request, batch)

    @swagger_auto_schema(
        operation_summary="List the batches",
        responses={200: BatchSerializer(many=True), **ERRORS(401, 404)},
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first, with counts and without the files."""
        return super().list(request, *args, **kwargs)

    @swagger_auto_schema(
        operation_summary="One batch",
        manual_parameters=[wait_parameter, visitor_parameter],
        responses={200: BatchDetailSerializer, **ERRORS(400, 401, 404)},
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Counts, and every file with the status of its job or why it was rejected. `?wait=20`
        answers when all have ended.
        """
        batch, seconds = self.get_object(), wanted_wait(request)
        if seconds:
            batches.wait(batch=batch, seconds=seconds)
        return self.answer(request, batch)

    @swagger_auto_schema(
        operation_summary="Cancel a batch",
        request_body=None,
        manual_parameters=[visitor_parameter],
        responses={200: BatchDetailSerializer, **ERRORS(401, 404)},
    )
    @action(detail=True, methods=["post"], throttle_classes=[RateThrottle])
    def cancel(self, request: Request, pk: str, format: str | None = None) -> Response:
        """Cancels every job that has not ended; finished ones keep their results."""
        batch = self.get_object()
        batches.cancel(batch=batch)
        return self.answer(request, batch)

    @swagger_auto_schema(
        operation_summary="Retry a batch",
        request_body=None,
        manual_parameters=[visitor_parameter],
        responses={202: BatchDetailSerializer, **ERRORS(401, 404, 409, 429, 503)},
    )
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str, format: str | None = None) -> Response:
        """Every failed or cancelled job goes on at its first missing page."""
        batch = self.get_object()
        batches.retry(batch=batch)
        return self.accepted(request, batch)

    @swagger_auto_schema(
        operation_summary="The webhook of a batch",
        manual_parameters=[visitor_parameter],
        responses={200: WebhookSerializer, **ERRORS(401, 404)},
    )
    @action(detail=True)
    def webhook(self, request: Request, pk: str, format: str | None = None) -> Response:
        """Whether `callback_url` was called, and how each attempt went."""
        webhook = Webhook.objects.filter(batch=self.get_object()).first()
        if webhook is None:
            raise OcrError("not_found", "This batch has no callback_url.")
        return Response(WebhookSerializer(webhook).data)

    @swagger_auto_schema(
        operation_summary="The results of a batch as one file",
        manual_parameters=[visitor_parameter],
        query_serializer=BatchExportSerializer,
        responses={200: "The file.", **ERRORS(400, 401, 404)},
    )
    @action(
        detail=True,
        url_path="export/(?P<name>[a-z]+)",
        content_negotiation_class=AnyRenderer,
    )
    def export(
        self, request: Request, pk: str, name: str, format: str | None = None
    ) -> FileResponse:
        """A ZIP with one file for each that is done so far; with `?merged=true` one document, such
        as a PDF with the pages of all. `/api/exports/` lists the formats.
        """
        serializer = BatchExportSerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        return batch_results_response(
            self.get_object(),
            format=name,
            merged=serializer.validated_data["merged"],
            options=serializer.options(),
        )

    def accepted(self, request: Request, batch: Batch) -> Response:
        answer = self.answer(request, batch)
        answer.status_code = status.HTTP_202_ACCEPTED
        answer["Location"] = answer.data["url"]
        return answer

    def answer(self, request: Request, batch: Batch) -> Response:
        context = {"request": request}
        return Response(BatchDetailSerializer(batches.detailed(batch.pk), context=context).data)
