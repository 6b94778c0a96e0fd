"""API keys of the account: list, create, rotate, revoke."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from app.models import ApiKey
from app.services.accounts import api_keys
from app.web.developers import samples
from app.web.forms.keys import KeyForm


@login_required
@never_cache
def own_keys(request: HttpRequest) -> HttpResponse:
    """The list; a POST creates a key and shows it once."""
    form = KeyForm(request.POST or None)
    if form.is_valid():
        key, token = api_keys.create(owner=request.user, **form.values())
        return shown_once(request, key, token)
    found = ApiKey.objects.of(request.user)
    status = 400 if form.is_bound else 200
    return render(request, "account/keys.html", {"form": form, "keys": found}, status=status)


@login_required
@require_POST
@never_cache
def rotate_key(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    key = get_object_or_404(ApiKey.objects.of(request.user), pk=pk)
    return shown_once(request, key, api_keys.rotate(key=key))


@login_required
@require_POST
def revoke_key(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    key = get_object_or_404(ApiKey.objects.of(request.user), pk=pk)
    api_keys.revoke(key=key)
    messages.success(request, _("The key “%(name)s” no longer works.") % {"name": key.name})
    return redirect("keys")


def shown_once(request: HttpRequest, key: ApiKey, token: str) -> HttpResponse:
    site = f"{request.scheme}://{request.get_host()}"
    first = next(samples.samples_of(samples.TASKS[0], site=site))
    context = {
        "key": key,
        "token": token,
        "signing_secret": api_keys.signing_secret(key=key),
        "curl": first.code.replace(samples.KEY, token),
    }
    return render(request, "account/key.html", context)
