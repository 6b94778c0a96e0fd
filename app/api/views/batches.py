"""Batches: many files in one request."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import FileResponse
from drf_yasg.utils import swagger_auto_schema
from rest_framework import mixins, parsers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from app.api.batch_requests import batch_request, batch_serializer, idempotent_batch
from app.api.docs import UploadSchema, error_responses, visitor_operation
from app.api.serializers.batches import (
    BatchDetailSerializer,
    BatchFormSerializer,
    BatchSerializer,
    NewBatchSerializer,
)
from app.api.serializers.exports import BatchExportSerializer
from app.api.serializers.webhooks import WebhookSerializer
from app.api.submission import AnonymousOcrAllowed, callback_of
from app.http.bodies.json import JsonParser
from app.http.bodies.size import check_body_size, max_file_bytes
from app.http.caller import caller_of, submitter_of
from app.http.downloads import batch_results_response
from app.http.negotiation import IgnoreAcceptHeader
from app.http.throttling import RateThrottle
from app.models import Batch, Scope
from app.ocr.errors import OcrError
from app.services import batches

from .jobs import OwnedRowsMixin, wait_parameter, wanted_wait
from .webhooks import webhook_response

# Bytes of a body besides the files: each may have a name and an id.
OTHER_FIELDS = 1_000_000
# Limit of largest files in JSON, which is held in memory, unlike forms.
FILES_IN_JSON = 10


class BatchViewSet(
    OwnedRowsMixin,
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
    largest_body = None  # initial() checks the size

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        limit = settings.BATCH_MAX_BYTES
        if not (request.content_type or "").startswith("multipart/"):
            limit = min(limit, FILES_IN_JSON * max_file_bytes(request))
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
        responses={
            202: BatchDetailSerializer,
            **error_responses(400, 401, 409, 413, 422, 429, 503),
        },
    )
    def create(self, request: Request, format: str | None = None) -> Response:
        """Repeat the form part `images` for each file, or send a ZIP archive. In JSON `images` is
        a list of `{"image": "<base64>", "id": "…", "name": "…"}`. A refused file is listed
        with its error; the others are recognized all the same.
        """
        serializer = batch_serializer(request)
        with idempotent_batch(request, serializer) as once:
            batch = once.batch or once.accept(self.submit(request, serializer))
        return self.accepted(request, batch)

    def submit(self, request: Request, serializer: NewBatchSerializer) -> Batch:
        values = serializer.validated_data
        return batches.create(
            batch_request(request, serializer),
            caller=submitter_of(request),
            name=values.get("name", ""),
            callback=callback_of(request, values),
        )

    @visitor_operation(
        "Add files to a batch",
        {202: BatchDetailSerializer},
        (400, 401, 404, 409, 413, 422, 429, 503),
        auto_schema=UploadSchema,
        request_body=BatchFormSerializer,
    )
    @action(detail=True, methods=["post"])
    def files(self, request: Request, pk: str, format: str | None = None) -> Response:
        """For more files than one request may hold. The fields are those of POST /api/batches/
        without `name` and `callback_url`; a batch with a `callback_url` takes no further files.
        """
        batch = self.get_object()
        serializer = batch_serializer(request)
        if "callback_url" in serializer.validated_data:
            raise OcrError("bad_option", "callback_url is for the request that makes the batch.")
        with idempotent_batch(request, serializer, str(batch.pk)) as once:
            if once.batch is None:
                batches.add(
                    batch_request(request, serializer), batch=batch, caller=caller_of(request)
                )
                once.accept(batch)
        return self.accepted(request, batch)

    @swagger_auto_schema(
        operation_summary="List the batches",
        responses={200: BatchSerializer(many=True), **error_responses(401, 404)},
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first, with counts and without the files."""
        return super().list(request, *args, **kwargs)

    @visitor_operation("One batch", {200: BatchDetailSerializer}, (400, 401, 404), wait_parameter)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Counts, and every file with the status of its job or the reason for its rejection.
        `?wait=20` waits until all have ended.
        """
        batch, seconds = self.get_object(), wanted_wait(request)
        if seconds:
            batches.wait(batch=batch, seconds=seconds)
        return self.answer(request, batch)

    @visitor_operation(
        "Cancel a batch", {200: BatchDetailSerializer}, (401, 404), request_body=None
    )
    @action(detail=True, methods=["post"], throttle_classes=[RateThrottle])
    def cancel(self, request: Request, pk: str, format: str | None = None) -> Response:
        """Cancels every job that has not ended; finished ones keep their results."""
        batch = self.get_object()
        batches.cancel(batch=batch)
        return self.answer(request, batch)

    @visitor_operation(
        "Retry a batch", {202: BatchDetailSerializer}, (401, 404, 409, 429, 503), request_body=None
    )
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str, format: str | None = None) -> Response:
        """Continues every failed or cancelled job at its first missing page."""
        batch = self.get_object()
        batches.retry(batch=batch)
        return self.accepted(request, batch)

    @visitor_operation("The webhook of a batch", {200: WebhookSerializer}, (401, 404))
    @action(detail=True)
    def webhook(self, request: Request, pk: str, format: str | None = None) -> Response:
        """The call to `callback_url` and the outcome of each attempt."""
        return webhook_response(batch=self.get_object())

    @visitor_operation(
        "The results of a batch as one file",
        {200: "The file."},
        (400, 401, 404),
        query_serializer=BatchExportSerializer,
    )
    @action(
        detail=True,
        url_path="export/(?P<name>[a-z]+)",
        content_negotiation_class=IgnoreAcceptHeader,
    )
    def export(
        self, request: Request, pk: str, name: str, format: str | None = None
    ) -> FileResponse:
        """A ZIP with the result of each finished file; with `?merged=true` one document, such
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
