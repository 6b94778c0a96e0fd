"""Read-only links: made and revoked by the owner, opened by whoever has one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from app.models import Job
from app.services.history import shares
from app.web.entry_page import Reading
from app.web.forms.entry import ShareForm

from .editing import changeable_job
from .files import export_response, preview_response


@require_POST
def create_share(request: HttpRequest, pk: UUID) -> HttpResponse:
    job, form = changeable_job(request, pk), ShareForm(request.POST)
    if form.is_valid():
        shares.create(job=job, days=form.cleaned_data["days"])
        messages.success(request, _("Whoever has the link can read this entry."))
    return redirect("entry", pk)


@require_POST
def revoke_share(request: HttpRequest, pk: UUID, share: int) -> HttpResponse:
    get_object_or_404(changeable_job(request, pk).shares, pk=share).delete()
    messages.success(request, _("The link no longer works."))
    return redirect("entry", pk)


@require_GET
@cache_control(private=True, no_store=True)
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The entry without anything that changes it; not to be found by search engines."""
    job = shared_job(token)
    reading = Reading(job, request.GET)
    context = {"job": job, "reading": reading, "page": reading.page, "is_shared": True}
    response = render(request, "history/shared.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_GET
def shared_preview(request: HttpRequest, token: str, number: int, size: str) -> HttpResponseBase:
    return preview_response(shared_job(token), number, size)


@require_GET
def shared_export(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    return export_response(request, shared_job(token), name)


def shared_job(token: str) -> Job:
    job = shares.find(token=token)
    if job is None:
        raise Http404
    return job
