"""The account page and its end; signing in and passwords are django-allauth's."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from app.models import Job, Upload
from app.services.accounts import accounts
from app.web.forms.account import DeleteAccountForm


@login_required
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "account/account.html", {"usage": usage_of(request)})


@login_required
def delete_account(request: HttpRequest) -> HttpResponse:
    """Deletes the account with all its data, once the password was given again."""
    form = DeleteAccountForm(request, request.POST or None)
    if form.is_valid():
        user = request.user
        logout(request)
        accounts.delete(user=user)
        messages.success(request, _("Your account and everything in it were deleted."))
        return redirect("upload")
    return render(request, "account/delete.html", {"form": form, "usage": usage_of(request)})


def usage_of(request: HttpRequest) -> dict[str, int]:
    """How much the account holds: entries, words read and bytes stored."""
    jobs = Job.objects.filter(owner=request.user.pk)
    uploads = Upload.objects.filter(owner=request.user.pk)
    return {
        **jobs.aggregate(entries=Count("pk"), words=Sum("words", default=0)),
        **uploads.aggregate(bytes=Sum("size", default=0)),
    }
