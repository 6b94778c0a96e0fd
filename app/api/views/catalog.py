from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_yasg.utils import swagger_auto_schema
from rest_framework import permissions, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from app.api.serializers.catalog import EngineSerializer, LanguageSerializer
from app.engines.catalog import engine_catalog, language_catalog
from app.models import Scope
from app.services.engine_settings import engine_config


class EngineViewSet(viewsets.ViewSet):
    permission_classes = [permissions.AllowAny]
    key_scope = Scope.OCR

    @swagger_auto_schema(
        operation_summary="List the engines", responses={200: EngineSerializer(many=True)}
    )
    def list(self, request: Request, format: str | None = None) -> Response:
        """Each with its languages, or why it is not available and how to add it."""
        return Response([asdict(entry) for entry in engine_catalog(engine_config())])


class LanguageViewSet(viewsets.ViewSet):
    permission_classes = [permissions.AllowAny]
    key_scope = Scope.OCR

    @swagger_auto_schema(
        operation_summary="List the languages", responses={200: LanguageSerializer(many=True)}
    )
    def list(self, request: Request, format: str | None = None) -> Response:
        """Installed ones first; `engines` says what reads them, `how_to_add` how to get others."""
        entries: Any = language_catalog(engine_config())
        return Response([asdict(entry) for entry in entries])
