"""Jobs: following, cancelling and retrying recognitions."""

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

from app.api.docs import boxes_parameter, error_responses, visitor_operation
from app.api.filters import JobFilter
from app.api.serializers.jobs import JobDetailSerializer, JobSerializer
from app.api.serializers.ocr import RecognitionSerializer
from app.api.serializers.webhooks import WebhookSerializer
from app.api.submission import accepted_response, recognition_response
from app.http.caller import caller_of
from app.http.throttling import RateThrottle
from app.models import Job, Scope
from app.models.job import JobQuerySet
from app.ocr.errors import OcrError
from app.services import jobs, submission

from .webhooks import webhook_response

MAX_WAIT = 60

wait_parameter = openapi.Parameter(
    "wait",
    openapi.IN_QUERY,
    f"Answer when the job has ended, or after so many seconds, at most {MAX_WAIT}.",
    type=openapi.TYPE_INTEGER,
)


class OwnedRowsMixin:
    """Rows of the caller: those of the account, or of the visitor whose secret is given."""

    permission_classes = [permissions.AllowAny]

    def visible(self, queryset: Any) -> Any:
        caller = caller_of(self.request)  # type: ignore[attr-defined]
        if not (caller.owner or caller.visitor):
            raise NotAuthenticated
        return queryset.visible_to(caller.user, caller.visitor)


class JobViewSet(
    OwnedRowsMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Job],
):
    """Unfinished and ended recognitions, newest first."""

    key_scope = Scope.OCR
    filterset_class = JobFilter
    lookup_value_regex = "[0-9a-f-]{32,36}"

    def get_queryset(self) -> JobQuerySet:
        if getattr(self, "swagger_fake_view", False):
            return Job.objects.none()
        found: JobQuerySet = self.visible(Job.objects.history())
        return found.for_state() if self.action == "retrieve" else found

    def get_throttles(self) -> list[BaseThrottle]:
        """No quota: a caller without pages left may still cancel a job."""
        return [RateThrottle()] if self.action == "destroy" else super().get_throttles()

    def get_serializer_class(self) -> type[JobSerializer]:
        return JobSerializer if self.action == "list" else JobDetailSerializer

    @swagger_auto_schema(
        operation_summary="List the jobs",
        responses={200: JobSerializer(many=True), **error_responses(400, 401, 404)},
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """`?status=queued&status=running` lists the unfinished ones."""
        return super().list(request, *args, **kwargs)

    @visitor_operation("One job", {200: JobDetailSerializer}, (400, 401, 404), wait_parameter)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Status, position in the queue, finished pages, times, and the reason of a failure."""
        job = jobs.wait(job=self.get_object(), seconds=wanted_wait(request))
        return Response(self.get_serializer(job).data)

    @visitor_operation("Cancel a job", {204: "The job has stopped."}, (401, 404))
    def destroy(self, request: Request, pk: str, format: str | None = None) -> Response:
        """The same as POST …/cancel/. The entry stays in the history until it is deleted there."""
        jobs.stop(job=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @visitor_operation("Cancel a job", {200: JobDetailSerializer}, (401, 404), request_body=None)
    @action(detail=True, methods=["post"], throttle_classes=[RateThrottle])
    def cancel(self, request: Request, pk: str, format: str | None = None) -> Response:
        """A waiting job at once, a running one within two seconds; an ended job stays as it is."""
        return Response(self.get_serializer(jobs.stop(job=self.get_object())).data)

    @visitor_operation(
        "Retry a failed or cancelled job",
        {202: JobDetailSerializer},
        (401, 404, 409, 503),
        request_body=None,
    )
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str, format: str | None = None) -> Response:
        """Finished pages are not read again. The job no longer has the password of a PDF."""
        return accepted_response(request, jobs.retry(job=self.get_object()))

    @visitor_operation(
        "The result of a job",
        {200: RecognitionSerializer, 202: openapi.Response("Not done yet.", JobDetailSerializer)},
        (401, 404, 409, 422),
        wait_parameter,
        boxes_parameter,
    )
    @action(detail=True)
    def result(self, request: Request, pk: str, format: str | None = None) -> Response:
        """The answer of POST /api/ocr/: the text, or the error of a failed job."""
        job = jobs.wait(job=self.get_object(), seconds=wanted_wait(request))
        submission.check_outcome(job=job)
        return recognition_response(request, job)

    @visitor_operation("The webhook of a job", {200: WebhookSerializer}, (401, 404))
    @action(detail=True)
    def webhook(self, request: Request, pk: str, format: str | None = None) -> Response:
        """The call to `callback_url` and the outcome of each attempt."""
        return webhook_response(job=self.get_object())


def wanted_wait(request: Request) -> float:
    """Seconds of `?wait=`, limited to MAX_WAIT. Raises OcrError(bad_option)."""
    text = request.query_params.get("wait", "0")
    try:
        return max(0.0, min(float(text), MAX_WAIT, settings.SYNC_SECONDS))
    except ValueError:
        raise OcrError("bad_option", "wait must be a number of seconds.") from None
