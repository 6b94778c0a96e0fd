"""The limits of the API, for what forms of the pages ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from app.addresses import client_address
from app.services import quotas, rates
from app.services.senders import Sender

from .visitors import owner_of

View = Callable[..., HttpResponseBase]


def sender_of(request: HttpRequest) -> Sender:
    return Sender(owner_of(request), None, client_address(request))


def limited(view: View) -> View:
    """For views whose POST has something recognized: 429 beyond the requests or pages allowed."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and is_exceeded(sender_of(request)):
            return render(request, "429.html", status=429)
        return view(request, *args, **kwargs)

    return wrapped


def is_exceeded(sender: Sender) -> bool:
    rate = rates.count(sender=sender)
    return bool(rate and rate.exceeded) or quotas.exceeded(sender=sender)
