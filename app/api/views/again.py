"""Another recognition of a file in the history."""

from __future__ import annotations

from django.conf import settings
from django.shortcuts import get_object_or_404
from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from app.api.docs import error_responses
from app.api.serializers.jobs import AgainSerializer, JobDetailSerializer
from app.api.serializers.ocr import RecognitionSerializer
from app.api.submission import callback_of, idempotent, recognition_response, wait_seconds
from app.http.caller import caller_of
from app.models import Job, Scope
from app.services import jobs, submission
from app.services.submission import SubmissionRequest


class RecognizeAgainView(APIView):
    """The same file with other options; both results stay in the history."""

    permission_classes = [permissions.IsAuthenticated]
    key_scope = Scope.OCR

    @swagger_auto_schema(
        operation_id="history_recognize",
        operation_summary="Recognize an entry's file again",
        tags=["history"],
        request_body=AgainSerializer,
        responses={
            200: RecognitionSerializer,
            202: openapi.Response("Continues in the background.", JobDetailSerializer),
            **error_responses(400, 401, 404, 409, 422, 429, 503),
        },
    )
    def post(self, request: Request, pk: str, format: str | None = None) -> Response:
        """With another `language`, `engine` or any option; answers as POST /api/ocr/ does."""
        entry = get_object_or_404(Job.objects.visible_to(request.user).history(), pk=pk)
        serializer = AgainSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with idempotent(request, lambda: [pk, *serializer.facts()]) as once:
            wanted = self.submission(request, entry, serializer)
            job = once.job or once.accept(submission.submit(wanted, caller=caller_of(request)))
        seconds = wait_seconds(request, serializer.validated_data)
        job = jobs.wait(job=job, seconds=seconds, max_pages=settings.SYNC_MAX_PAGES)
        submission.check_outcome(job=job)
        return recognition_response(request, job)

    def submission(
        self, request: Request, entry: Job, serializer: AgainSerializer
    ) -> SubmissionRequest:
        return SubmissionRequest(
            file=entry.upload,
            options=serializer.options(),
            cache=False,
            callback=callback_of(request, serializer.validated_data),
        )
