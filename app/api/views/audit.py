from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_yasg.utils import swagger_auto_schema
from rest_framework import mixins, permissions, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from app.api.docs import ERRORS
from app.api.serializers.audit import AuditSerializer
from app.models import AuditEvent
from app.services.accounts import audit


class AuditViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[AuditEvent]):
    """What happened to your account. Staff see theirs here too, and everybody's in the admin."""

    permission_classes = [permissions.IsAuthenticated]
    serializer_class = AuditSerializer
    filter_backends: list[Any] = []

    def get_queryset(self) -> QuerySet[AuditEvent]:
        if getattr(self, "swagger_fake_view", False):
            return AuditEvent.objects.none()
        return audit.of_user(user=self.request.user)

    @swagger_auto_schema(
        operation_summary="The log of your account",
        responses={200: AuditSerializer(many=True), **ERRORS(401, 404)},
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Sign-ins, keys, deletions, and what staff opened; newest first."""
        return super().list(request, *args, **kwargs)
