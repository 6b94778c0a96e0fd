from __future__ import annotations

from django.conf import settings
from django.shortcuts import get_object_or_404
from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from app.api.docs import ERRORS
from app.api.serializers.jobs import AgainSerializer, JobDetailSerializer
from app.api.serializers.ocr import RecognitionSerializer
from app.api.submission import callback_of, once_arguments, recognition_response, wait_seconds
from app.api.throttling import sender_of
from app.models import Job, Scope
from app.services import jobs
from app.services.limits import idempotency
from app.services.submission import intake


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
            202: openapi.Response("Goes on in the background.", JobDetailSerializer),
            **ERRORS(400, 401, 404, 409, 422, 429, 503),
        },
    )
    def post(self, request: Request, pk: str, format: str | None = None) -> Response:
        """Say another `language`, `engine` or any option; the answer is that of POST /api/ocr/."""
        entry = get_object_or_404(Job.objects.visible_to(request.user).history(), pk=pk)
        serializer = AgainSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        callback_url = serializer.validated_data.get("callback_url")
        with idempotency.once(
            **once_arguments(request),
            fingerprint=lambda: idempotency.fingerprint(
                pk, serializer.options().to_json(), callback_url
            ),
        ) as record:
            job = record.job if record else None
            if job is None:
                job = intake.submit_again(
                    upload=entry.upload,
                    options=serializer.options(),
                    charged_to=sender_of(request).subject,
                    callback=callback_of(request, serializer.validated_data),
                )
                idempotency.accepted(record, job=job)
        seconds = wait_seconds(request, serializer.validated_data)
        job = jobs.wait(job=job, seconds=seconds, max_pages=settings.SYNC_MAX_PAGES)
        intake.check_outcome(job=job)
        return recognition_response(request, job)
