"""Read-only links to entries: created and revoked by the owner, opened without an account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from app.http.caller import caller_of
from app.http.error_messages import MESSAGES
from app.models import Share
from app.services.history import shares
from app.services.history.previews import THUMBNAIL
from app.services.limits import rates
from app.services.limits.caller import address_subject
from app.web.entry_page import EntryPage
from app.web.forms.entry import ShareForm, SharePasswordForm
from app.web.refusals import too_many
from app.web.visitors import visible_job

from .files import render_export_response
from .pictures import picture_response

# Password attempts per minute.
TRIES_OF_LINK = 30
TRIES_OF_ADDRESS = 10


@require_POST
def create_share(request: HttpRequest, pk: UUID) -> HttpResponse:
    job, form = visible_job(request, pk), ShareForm(request.POST)
    if form.is_valid():
        shares.create(job=job, **form.cleaned_data)
        messages.success(request, _("Anyone with the link can read this entry."))
    return redirect("entry", pk)


@require_POST
def revoke_share(request: HttpRequest, pk: UUID, share: int) -> HttpResponse:
    if not shares.revoke(job=visible_job(request, pk), pk=share):
        raise Http404
    messages.success(request, _("The link no longer works."))
    return redirect("entry", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The entry without forms that change it; search engines are told not to index it.

    A POST sends the password of a link that has one.
    """
    link = _link(token)
    if not _is_unlocked(request, link):
        response = _ask_for_password(request, link)
    else:
        response = render(request, "history/shared.html", _context(request, link))
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_GET
def shared_picture(
    request: HttpRequest, token: str, number: int, strip: int = 1
) -> HttpResponseBase:
    return picture_response(_unlocked(request, token).job, number, strip)


@require_GET
def shared_thumbnail(
    request: HttpRequest, token: str, number: int | None = None
) -> HttpResponseBase:
    return picture_response(_unlocked(request, token).job, number, THUMBNAIL)


@require_GET
def shared_export(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """An export in one of the formats that the owner chose."""
    link = _unlocked(request, token)
    if not shares.offers(share=link, format=name):
        raise Http404
    return render_export_response(request, link.job, name)


def _context(request: HttpRequest, link: Share) -> dict[str, Any]:
    shown = EntryPage(link.job, request.GET)
    return {
        "job": link.job,
        "entry_page": shown,
        "page": shown.page,
        "is_shared": True,
        "expires_at": link.expires_at,
        "has_password": bool(link.password),
        "downloads": [name for name in shares.FORMATS if name in link.formats],
    }


def _ask_for_password(request: HttpRequest, link: Share) -> HttpResponse:
    form = SharePasswordForm(request.POST or None)
    context = {"form": form, "is_shared": True, "is_locked": True}
    if request.method != "POST":
        return render(request, "history/locked.html", context)
    if wait := _seconds_to_wait(request, link):
        return too_many(request, wait=wait)
    if form.is_valid():
        proof = shares.unlock(share=link, password=form.cleaned_data["password"])
        if proof:
            request.session[_session_key(link)] = proof
            return redirect("shared", link.token)
        form.add_error("password", str(MESSAGES["share_password"]))
    return render(request, "history/locked.html", context, status=403)


def _seconds_to_wait(request: HttpRequest, link: Share) -> int:
    """Counts the attempt, for the link and for the address. Returns the seconds to wait, 0 within
    the limits."""
    address = caller_of(request).address
    counted = (
        rates.count_for(subject=f"share:{link.pk}", limit=TRIES_OF_LINK),
        rates.count_for(subject=f"share:{address_subject(address)}", limit=TRIES_OF_ADDRESS),
    )
    return max((rate.seconds_left for rate in counted if rate and rate.exceeded), default=0)


def _session_key(link: Share) -> str:
    return f"share-{link.pk}"


def _is_unlocked(request: HttpRequest, link: Share) -> bool:
    given = str(request.session.get(_session_key(link), "")) if link.password else ""
    return shares.is_unlocked(share=link, given=given)


def _link(token: str) -> Share:
    link = shares.find(token=token)
    if link is None:
        raise Http404
    return link


def _unlocked(request: HttpRequest, token: str) -> Share:
    link = _link(token)
    if not _is_unlocked(request, link):
        raise Http404
    return link
