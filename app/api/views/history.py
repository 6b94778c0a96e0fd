"""The history: list, entries, original files and exports."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from drf_yasg.utils import swagger_auto_schema
from rest_framework import mixins, parsers, permissions, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from app.api.docs import boxes_parameter, error_responses
from app.api.filters import HistoryFilter
from app.api.serializers.exports import ExportOptionsSerializer
from app.api.serializers.history import (
    EntrySerializer,
    HistoryLineSerializer,
    HistorySerializer,
)
from app.api.serializers.onlineocr import OldHistorySerializer
from app.api.serializers.tables import TableSerializer, TablesQuerySerializer
from app.api.submission import wants_boxes
from app.http.bodies.json import JsonParser
from app.http.bodies.parsers import FormParser
from app.http.downloads import upload_response
from app.http.negotiation import IgnoreAcceptHeader
from app.models import Job, Scope
from app.models.job import JobQuerySet
from app.services.history import entries, tables

from .exports import render_export_response


class HistoryViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Job],
):
    """Your recognized files, newest first. Staff see those of all accounts."""

    permission_classes = [permissions.IsAuthenticated]
    key_scope = Scope.HISTORY
    filterset_class = HistoryFilter
    http_method_names = ["get", "patch", "delete", "head", "options"]
    parser_classes = [JsonParser, FormParser, parsers.MultiPartParser]
    largest_body = 32_000_000  # a corrected text in which every character is escaped
    lookup_value_regex = "[0-9a-f-]{32,36}"

    def get_queryset(self) -> JobQuerySet:
        if getattr(self, "swagger_fake_view", False):
            return Job.objects.none()
        return Job.objects.visible_to(self.request.user).history()

    def get_serializer_class(self) -> type[HistorySerializer | OldHistorySerializer]:
        if settings.COMPAT_ONLINEOCR and self.action == "list":
            return OldHistorySerializer
        return HistoryLineSerializer if self.action == "list" else EntrySerializer

    def get_serializer_context(self) -> dict[str, Any]:
        boxes = bool(self.request) and wants_boxes(self.request)
        return {**super().get_serializer_context(), "boxes": boxes}

    def perform_destroy(self, instance: Job) -> None:
        entries.delete(jobs=[instance])

    @swagger_auto_schema(
        operation_summary="List the history",
        responses={200: HistorySerializer(many=True), **error_responses(400, 401, 404)},
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Pages of entries with search, filters and ordering; texts are cut to an excerpt."""
        return super().list(request, *args, **kwargs)

    @swagger_auto_schema(
        operation_summary="One entry",
        manual_parameters=[boxes_parameter],
        responses={200: EntrySerializer, **error_responses(401, 404)},
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """The whole text, the pages, and the options of the recognition."""
        return super().retrieve(request, *args, **kwargs)

    @swagger_auto_schema(
        operation_summary="Change title, correction, star, tags or notes",
        responses={200: EntrySerializer, **error_responses(400, 401, 404)},
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """The recognized text stays; search, `content` and exports use your correction."""
        return super().partial_update(request, *args, **kwargs)

    @swagger_auto_schema(
        operation_summary="Delete an entry",
        responses={204: "Deleted.", **error_responses(401, 404)},
    )
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Removes the entry, and the file if no other entry shows it."""
        return super().destroy(request, *args, **kwargs)

    @swagger_auto_schema(
        operation_summary="The original file",
        responses={200: "The file.", **error_responses(401, 404)},
    )
    @action(detail=True, content_negotiation_class=IgnoreAcceptHeader)
    def image(self, request: Request, pk: str, format: str | None = None) -> HttpResponseBase:
        """The file as it was sent, as a download."""
        return upload_response(self.get_object().upload)

    @swagger_auto_schema(
        operation_summary="The tables",
        query_serializer=TablesQuerySerializer,
        responses={200: TableSerializer(many=True), **error_responses(400, 401, 404, 409)},
    )
    @action(detail=True, filterset_class=None, pagination_class=None)
    def tables(self, request: Request, pk: str, format: str | None = None) -> Response:
        """Cells with row, column, spans and text, as you corrected them."""
        query = TablesQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        page = query.validated_data.get("page")
        found = tables.tables(job=self.get_object(), page=page)
        return Response(TableSerializer(found, many=True).data)

    @swagger_auto_schema(
        operation_summary="The result as a file",
        query_serializer=ExportOptionsSerializer,
        responses={200: "The file.", 304: "Not changed.", **error_responses(400, 401, 404, 409)},
    )
    @action(
        detail=True,
        url_path="export/(?P<name>[a-z]+)",
        content_negotiation_class=IgnoreAcceptHeader,
        filterset_class=None,
        pagination_class=None,
    )
    def export(
        self, request: Request, pk: str, name: str, format: str | None = None
    ) -> HttpResponseBase:
        """Searchable PDF, hOCR, ALTO, DOCX …: `/api/exports/` lists the formats."""
        return render_export_response(request, self.get_object(), name)
