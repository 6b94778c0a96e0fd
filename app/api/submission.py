"""Requests that make jobs: permission, idempotency, waiting time and answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from rest_framework import permissions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from app.http.caller import caller_of
from app.models import Job
from app.services import webhooks
from app.services.limits import idempotency

from .serializers.jobs import JobDetailSerializer, job_url
from .serializers.ocr import RecognitionSerializer


class AnonymousOcrAllowed(permissions.BasePermission):
    """Allows every caller, unless ANONYMOUS_OCR restricts recognition to accounts."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(settings.ANONYMOUS_OCR or request.user.is_authenticated)


def wants_async(request: Request, values: dict[str, Any]) -> bool:
    """The field `async`, or the header `Prefer: respond-async`."""
    return values.get("async", False) or "respond-async" in preferences(request)


def wait_seconds(request: Request, values: dict[str, Any]) -> float:
    """Longest wait for the text in seconds: that of `Prefer: wait=5`, at most SYNC_SECONDS."""
    if wants_async(request, values):
        return 0.0
    wanted = preferences(request).get("wait", "")[:9]
    limit: int = settings.SYNC_SECONDS
    return float(min(int(wanted), limit) if wanted.isdecimal() else limit)


def preferences(request: Request) -> dict[str, str]:
    """The header Prefer (RFC 7240) by name; a preference without a value has an empty one."""
    parts = (part.partition("=") for part in re.split("[,;]", request.headers.get("Prefer", "")))
    return {name.strip().lower(): value.strip(' "') for name, _, value in parts}


def callback_of(request: Request, values: dict[str, Any]) -> webhooks.Callback | None:
    url = values.get("callback_url")
    return webhooks.Callback(url, request.build_absolute_uri("/")) if url else None


def idempotent(
    request: Request, parts: Callable[[], Sequence[Any]]
) -> AbstractContextManager[idempotency.Once]:
    """idempotency.once() under the request's Idempotency-Key, if it has one."""
    key = request.headers.get("Idempotency-Key", "")
    return idempotency.once(caller=caller_of(request), key=key, parts=parts)


def accepted_response(request: Request, job: Job) -> Response:
    """202 with the job and its address."""
    body = JobDetailSerializer(job, context={"request": request}).data
    headers = {"Location": job_url("job-detail", job, request)}
    if "respond-async" in request.headers.get("Prefer", ""):
        headers["Preference-Applied"] = "respond-async"
    return Response(body, status.HTTP_202_ACCEPTED, headers=headers)


def wants_boxes(request: Request) -> bool:
    """`boxes=true` in the query, or among the fields of the body."""
    fields = request.data if isinstance(request.data, Mapping) else {}
    sent = request.query_params.get("boxes", fields.get("boxes", ""))
    return str(sent).lower() in ("1", "true", "yes")


def recognition_response(request: Request, job: Job) -> Response:
    """200 with the text, or 202 while the job is unfinished."""
    if not job.ended:
        return accepted_response(request, job)
    context = {"request": request, "boxes": wants_boxes(request)}
    return Response(RecognitionSerializer(job, context=context).data)
