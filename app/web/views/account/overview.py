"""The account page and the deletion of the account; django-allauth has sign-in and passwords."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from app.services.accounts import accounts
from app.services.limits import quotas
from app.web import charts
from app.web.forms.account import DeleteAccountForm

CHART_DAYS = 30


@login_required
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    by_day = quotas.pages_by_day(owner=request.user, days=CHART_DAYS)
    names = [date_format(day, "j M") for day in by_day]
    context = {
        "chart": charts.stacked_columns(names, {_("Pages"): [*by_day.values()]}, rest=""),
        "usage": accounts.usage(user=request.user),
        "pages_today": quotas.pages_today(owner=request.user),
        "quota": settings.QUOTA_ACCOUNT,
    }
    return render(request, "account/account.html", context)


@login_required
def delete_account(request: HttpRequest) -> HttpResponse:
    """Deletes the account with all its data, after asking for the password again."""
    form = DeleteAccountForm(request, request.POST or None)
    if form.is_valid():
        user = request.user
        logout(request)
        accounts.delete(user=user)
        messages.success(request, _("Your account and everything in it were deleted."))
        return redirect("upload")
    return render(
        request, "account/delete.html", {"form": form, "usage": accounts.usage(user=request.user)}
    )
