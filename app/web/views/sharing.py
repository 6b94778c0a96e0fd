"""Read-only links to entries: created and revoked by the owner, opened without an account."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from app.models import Job
from app.services.history import shares
from app.services.history.previews import THUMBNAIL
from app.web.entry_page import EntryPage
from app.web.forms.entry import ShareForm
from app.web.visitors import visible_job

from .files import render_export_response
from .pictures import picture_response


@require_POST
def create_share(request: HttpRequest, pk: UUID) -> HttpResponse:
    job, form = visible_job(request, pk), ShareForm(request.POST)
    if form.is_valid():
        shares.create(job=job, days=form.cleaned_data["days"])
        messages.success(request, _("Anyone with the link can read this entry."))
    return redirect("entry", pk)


@require_POST
def revoke_share(request: HttpRequest, pk: UUID, share: int) -> HttpResponse:
    if not shares.revoke(job=visible_job(request, pk), pk=share):
        raise Http404
    messages.success(request, _("The link no longer works."))
    return redirect("entry", pk)


@require_GET
@cache_control(private=True, no_store=True)
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The entry without forms that change it; search engines are told not to index it."""
    link = shares.find_link(token=token)
    if link is None:
        raise Http404
    shown = EntryPage(link.job, request.GET)
    context = {
        "job": link.job,
        "entry_page": shown,
        "page": shown.page,
        "is_shared": True,
        "expires_at": link.expires_at,
    }
    response = render(request, "history/shared.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_GET
def shared_picture(
    request: HttpRequest, token: str, number: int, strip: int = 1
) -> HttpResponseBase:
    return picture_response(shared_job(token), number, strip)


@require_GET
def shared_thumbnail(
    request: HttpRequest, token: str, number: int | None = None
) -> HttpResponseBase:
    return picture_response(shared_job(token), number, THUMBNAIL)


@require_GET
def shared_export(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    return render_export_response(request, shared_job(token), name)


def shared_job(token: str) -> Job:
    job = shares.find(token=token)
    if job is None:
        raise Http404
    return job
