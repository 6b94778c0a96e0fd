"""The audit log of the account, and invitations to sign up."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from app.services.accounts import audit, invitations
from app.web.allauth_adapters import INVITATION_KEY

PAGE_SIZE = 50


@login_required
@require_GET
def activity(request: HttpRequest) -> HttpResponse:
    """Sign-ins, keys, deletions, and entries that staff opened; newest first."""
    events = Paginator(audit.of_user(user=request.user), PAGE_SIZE)
    page = events.get_page(request.GET.get("page"))
    pages = page.paginator.get_elided_page_range(page.number)
    return render(request, "account/activity.html", {"page": page, "pages": pages})


@require_GET
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opens sign-up to this browser; 404 for a link that no longer works."""
    if not invitations.is_open(token=token):
        raise Http404
    request.session[INVITATION_KEY] = token
    return redirect("account_signup")
