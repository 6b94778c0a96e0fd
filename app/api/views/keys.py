from __future__ import annotations

from typing import Any

from drf_yasg.utils import swagger_auto_schema
from rest_framework import mixins, permissions, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from app.api.docs import ERRORS
from app.api.serializers.keys import KeySerializer, NewKeySerializer
from app.models import ApiKey
from app.models.api_key import ApiKeyQuerySet
from app.services.accounts import api_keys


class KeyViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[ApiKey],
):
    """Your API keys. A key cannot manage keys: sign in with your password or a token."""

    permission_classes = [permissions.IsAuthenticated]
    serializer_class = KeySerializer
    lookup_value_regex = "[0-9a-f-]{32,36}"
    filter_backends: list[Any] = []

    def get_queryset(self) -> ApiKeyQuerySet:
        if getattr(self, "swagger_fake_view", False):
            return ApiKey.objects.none()
        return ApiKey.objects.of(self.request.user)

    def perform_destroy(self, instance: ApiKey) -> None:
        api_keys.revoke(key=instance)

    @swagger_auto_schema(
        operation_summary="Make a key",
        request_body=KeySerializer,
        responses={201: NewKeySerializer, **ERRORS(400, 401, 429)},
    )
    def create(self, request: Request, format: str | None = None) -> Response:
        """The key itself is in this answer and nowhere else."""
        serializer = KeySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        key, token = api_keys.create(owner=request.user, **serializer.validated_data)
        return self.shown_once(key, token, status.HTTP_201_CREATED)

    @swagger_auto_schema(
        operation_summary="Rotate a key",
        request_body=None,
        responses={200: NewKeySerializer, **ERRORS(401, 404, 429)},
    )
    @action(detail=True, methods=["post"])
    def rotate(self, request: Request, pk: str, format: str | None = None) -> Response:
        """A new secret for the same key; the old one stops working at once."""
        key = self.get_object()
        return self.shown_once(key, api_keys.rotate(key=key), status.HTTP_200_OK)

    @swagger_auto_schema(
        operation_summary="Revoke a key", responses={204: "Revoked.", **ERRORS(401, 404)}
    )
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """It stops working at once, for good."""
        return super().destroy(request, *args, **kwargs)

    def shown_once(self, key: ApiKey, token: str, status_code: int) -> Response:
        answer = NewKeySerializer(key, context={"token": token})
        return Response(answer.data, status_code, headers={"Cache-Control": "no-store"})
