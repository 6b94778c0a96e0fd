"""Webhooks of the caller's jobs and batches."""

from __future__ import annotations

from typing import Any

from drf_yasg.utils import swagger_auto_schema
from rest_framework import mixins, permissions, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from app.api.docs import error_responses
from app.api.serializers.webhooks import SecretSerializer, WebhookSerializer
from app.models import Batch, Job, Webhook
from app.ocr.errors import OcrError
from app.services import webhooks


class WebhookViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Webhook]):
    """Calls to a `callback_url`, newest first."""

    permission_classes = [permissions.IsAuthenticated]
    serializer_class = WebhookSerializer
    filter_backends: list[Any] = []

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Webhook.objects.none()
        return Webhook.objects.visible_to(self.request.user)

    @swagger_auto_schema(
        operation_summary="List the webhooks",
        responses={200: WebhookSerializer(many=True), **error_responses(401, 404)},
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The delivery log: every attempt with its time, status and error."""
        return super().list(request, *args, **kwargs)

    @swagger_auto_schema(
        operation_summary="The key of the signatures",
        responses={200: SecretSerializer, **error_responses(401)},
    )
    @action(detail=False)
    def secret(self, request: Request, format: str | None = None) -> Response:
        """Verify with any library for Standard Webhooks, or as docs/jobs.md shows."""
        return Response({"secret": webhooks.secret_of(owner=request.user)})


def webhook_response(*, job: Job | None = None, batch: Batch | None = None) -> Response:
    """The webhook of a job or of a batch. Raises OcrError(not_found)."""
    webhook = Webhook.objects.filter(job=job, batch=batch).first()
    if webhook is None:
        raise OcrError("not_found", f"This {'job' if job else 'batch'} has no callback_url.")
    return Response(WebhookSerializer(webhook).data)
