from __future__ import annotations

from drf_yasg.utils import swagger_auto_schema
from rest_framework import permissions, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from app.api.serializers.exports import FormatSerializer
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
