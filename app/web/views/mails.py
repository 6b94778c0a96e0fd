"""Mails at the end of a recognition or batch: requested with `on=1`, withdrawn without it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from app.http.caller import caller_of
from app.models import Batch, Job
from app.services import mails
from app.web.visitors import visible_batch, visible_job

from .notices import errors_as_notices


@require_POST
def mail_about_entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _chosen(request, visible_job(request, pk), page="entry")


@require_POST
def mail_about_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _chosen(request, visible_batch(request, pk), page="batch")


def _chosen(request: HttpRequest, subject: Job | Batch, *, page: str) -> HttpResponse:
    """Redirects back to the page; scripts get 204."""
    user = caller_of(request).owner
    with errors_as_notices(request):
        if "on" in request.POST:
            mails.ask(subject, user=user, site_url=request.build_absolute_uri("/"))
        else:
            mails.withdraw(subject, user=user)
    is_script = request.headers.get("Accept") == "application/json"
    return HttpResponse(status=204) if is_script else redirect(page, subject.pk)
