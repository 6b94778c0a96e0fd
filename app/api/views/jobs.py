from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework import mixins, permissions, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from app.api.docs import ERRORS, boxes_parameter
from app.api.filters import JobFilter
from app.api.serializers.jobs import JobDetailSerializer, JobSerializer
from app.api.serializers.ocr import RecognitionSerializer
from app.api.serializers.webhooks import WebhookSerializer
from app.api.submission import accepted_response, recognition_response
from app.api.throttling import RateThrottle
from app.api.visitors import known_visitor
from app.models import Job, Scope, Webhook
from app.models.job import JobQuerySet
from app.ocr.errors import OcrError
from app.services import jobs
from app.services.submission import intake

MAX_WAIT = 60

wait_parameter = openapi.Parameter(
    "wait",
    openapi.IN_QUERY,
    f"Answer when the job has ended, or after so many seconds, at most {MAX_WAIT}.",
    type=openapi.TYPE_INTEGER,
)
visitor_parameter = openapi.Parameter(
    "visitor",
    openapi.IN_QUERY,
    "The secret from the 202 answer, for jobs sent without an account.",
    type=openapi.TYPE_STRING,
)


class SenderViewMixin:
    """Rows of the caller: of their account, or of the visitor whose secret they show."""

    permission_classes = [permissions.AllowAny]

    def visible(self, queryset: Any) -> Any:
        request: Request = self.request  # type: ignore[attr-defined]
        visitor = known_visitor(request)
        if not request.user.is_authenticated and not visitor:
            raise NotAuthenticated
        return queryset.visible_to(request.user, visitor)


class JobViewSet(
    SenderViewMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Job],
):
    """Recognitions under way and ended, newest first."""

    key_scope = Scope.OCR
    filterset_class = JobFilter
    lookup_value_regex = "[0-9a-f-]{32,36}"

    def get_queryset(self) -> JobQuerySet:
        if getattr(self, "swagger_fake_view", False):
            return Job.objects.none()
        found: JobQuerySet = self.visible(Job.objects.history())
        return found

    def get_throttles(self) -> list[BaseThrottle]:
        """Whoever has used up the pages of the day may still stop what runs."""
        return [RateThrottle()] if self.action == "destroy" else super().get_throttles()

    def get_serializer_class(self) -> type[JobSerializer]:
        return JobSerializer if self.action == "list" else JobDetailSerializer

    @swagger_auto_schema(
        operation_summary="List the jobs",
        responses={200: JobSerializer(many=True), **ERRORS(400, 401, 404)},
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """`?status=queued&status=running` shows what is under way."""
        return super().list(request, *args, **kwargs)

    @swagger_auto_schema(
        operation_summary="One job",
        manual_parameters=[wait_parameter, visitor_parameter],
        responses={200: JobDetailSerializer, **ERRORS(400, 401, 404)},
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Status, place in the queue, pages done, times, and why it failed."""
        job = jobs.wait(job=self.get_object(), seconds=wanted_wait(request))
        return Response(self.get_serializer(job).data)

    @swagger_auto_schema(
        operation_summary="Cancel a job",
        manual_parameters=[visitor_parameter],
        responses={204: "It does not run any more.", **ERRORS(401, 404)},
    )
    def destroy(self, request: Request, pk: str, format: str | None = None) -> Response:
        """The same as POST …/cancel/. The entry stays in the history until it is deleted there."""
        jobs.stop(job=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @swagger_auto_schema(
        operation_summary="Cancel a job",
        request_body=None,
        manual_parameters=[visitor_parameter],
        responses={200: JobDetailSerializer, **ERRORS(401, 404)},
    )
    @action(detail=True, methods=["post"], throttle_classes=[RateThrottle])
    def cancel(self, request: Request, pk: str, format: str | None = None) -> Response:
        """At once if it waits, within two seconds if it runs; an ended job stays as it is."""
        return Response(self.get_serializer(jobs.stop(job=self.get_object())).data)

    @swagger_auto_schema(
        operation_summary="Retry a failed or cancelled job",
        request_body=None,
        manual_parameters=[visitor_parameter],
        responses={202: JobDetailSerializer, **ERRORS(401, 404, 409, 503)},
    )
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str, format: str | None = None) -> Response:
        """Pages that were finished are not read again. A PDF's password has been forgotten."""
        return accepted_response(request, jobs.retry(job=self.get_object()))

    @swagger_auto_schema(
        operation_summary="The result of a job",
        manual_parameters=[wait_parameter, boxes_parameter, visitor_parameter],
        responses={
            200: RecognitionSerializer,
            202: openapi.Response("Not done yet.", JobDetailSerializer),
            **ERRORS(401, 404, 409, 422),
        },
    )
    @action(detail=True)
    def result(self, request: Request, pk: str, format: str | None = None) -> Response:
        """What POST /api/ocr/ would have answered: the text, or the error of a failed job."""
        job = jobs.wait(job=self.get_object(), seconds=wanted_wait(request))
        intake.check_outcome(job=job)
        return recognition_response(request, job)

    @swagger_auto_schema(
        operation_summary="The webhook of a job",
        manual_parameters=[visitor_parameter],
        responses={200: WebhookSerializer, **ERRORS(401, 404)},
    )
    @action(detail=True)
    def webhook(self, request: Request, pk: str, format: str | None = None) -> Response:
        """Whether `callback_url` was called, and how each attempt went."""
        webhook = Webhook.objects.filter(job=self.get_object()).first()
        if webhook is None:
            raise OcrError("not_found", "This job has no callback_url.")
        return Response(WebhookSerializer(webhook).data)


def wanted_wait(request: Request) -> float:
    """Seconds of `?wait=`, within reason. Raises OcrError(bad_option)."""
    text = request.query_params.get("wait", "0")
    try:
        return max(0.0, min(float(text), MAX_WAIT, settings.SYNC_SECONDS))
    except ValueError:
        raise OcrError("bad_option", "wait is a number of seconds.") from None
