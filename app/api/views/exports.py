"""The list of export formats, and exports with the options of a query."""

from __future__ import annotations

from django.http import HttpResponseBase
from drf_yasg.utils import swagger_auto_schema
from rest_framework import permissions, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from app.api.serializers.catalog import FormatSerializer
from app.api.serializers.exports import ExportOptionsSerializer
from app.http import downloads
from app.models import Job
from app.services.history import exports


class ExportViewSet(viewsets.ViewSet):
    permission_classes = [permissions.AllowAny]

    @swagger_auto_schema(
        operation_summary="List the export formats",
        responses={200: FormatSerializer(many=True)},
    )
    def list(self, request: Request, format: str | None = None) -> Response:
        """Names for `/api/history/{id}/export/{name}/` and `POST /api/ocr/?format=`."""
        return Response(exports.formats())


def render_export_response(
    request: Request, job: Job, format: str, password: str = ""
) -> HttpResponseBase:
    """Raises OcrError and ValidationError. password: of an encrypted PDF."""
    serializer = ExportOptionsSerializer(data=request.query_params)
    serializer.is_valid(raise_exception=True)
    options = serializer.options()
    file = exports.render(job=job, format=format, options=options, password=password)
    return downloads.export_response(request, file)
