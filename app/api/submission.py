"""What all requests that make jobs have in common: who sends, once or twice, wait or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from rest_framework import permissions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from app.models import Job
from app.services import webhooks
from app.services.limits.senders import visitor_subject

from .serializers.jobs import JobDetailSerializer, job_url
from .serializers.ocr import RecognitionSerializer
from .throttling import sender_of
from .visitors import known_visitor


class AnonymousOcrAllowed(permissions.BasePermission):
    """Everybody, unless the site takes files from accounts only."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(settings.ANONYMOUS_OCR or request.user.is_authenticated)


def wants_async(request: Request, values: dict[str, Any]) -> bool:
    """The field `async`, or the header `Prefer: respond-async`."""
    return values.get("async", False) or "respond-async" in preferences(request)


def wait_seconds(request: Request, values: dict[str, Any]) -> float:
    """How long the answer may wait for the text: as `Prefer: wait=5` says, SYNC_SECONDS at most."""
    if wants_async(request, values):
        return 0.0
    wanted = preferences(request).get("wait", "")[:9]
    limit: int = settings.SYNC_SECONDS
    return float(min(int(wanted), limit) if wanted.isdecimal() else limit)


def preferences(request: Request) -> dict[str, str]:
    """Of the header Prefer (RFC 7240), by name; those without a value have an empty one."""
    parts = (part.partition("=") for part in re.split("[,;]", request.headers.get("Prefer", "")))
    return {name.strip().lower(): value.strip(' "') for name, _, value in parts}


def callback_of(request: Request, values: dict[str, Any]) -> webhooks.Callback | None:
    url = values.get("callback_url")
    return webhooks.Callback(url, request.build_absolute_uri("/")) if url else None


def once_arguments(request: Request) -> dict[str, str]:
    """For idempotency.once(). Visitors of one address share no keys: answers hold secrets."""
    known = "" if request.user.is_authenticated else known_visitor(request)
    return {
        "sender": visitor_subject(known) if known else sender_of(request).subject,
        "key": request.headers.get("Idempotency-Key", ""),
    }


def accepted_response(request: Request, job: Job) -> Response:
    """202 with the job and the place to ask for it."""
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
    """200 with the text, or 202 while there is none."""
    if not job.ended:
        return accepted_response(request, job)
    context = {"request": request, "boxes": wants_boxes(request)}
    return Response(RecognitionSerializer(job, context=context).data)
