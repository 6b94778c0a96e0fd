"""The limits of the API, for what forms of the pages ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from app.http.client_address import client_address
from app.services.limits import quotas, rates
from app.services.limits.senders import Sender

from .visitors import owner_of

View = Callable[..., HttpResponseBase]


def sender_of(request: HttpRequest) -> Sender:
    return Sender(owner_of(request), None, client_address(request))


def limited(view: View) -> View:
    """For views whose POST has something recognized: 429 beyond the requests or pages allowed."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wait = seconds_to_wait(sender_of(request)) if request.method == "POST" else 0
        if not wait:
            return view(request, *args, **kwargs)
        response = render(request, "429.html", status=429)
        response["Retry-After"] = str(wait)
        return response

    return wrapped


def seconds_to_wait(sender: Sender) -> int:
    """Counts the request; 0 if it is within the limits."""
    rate = rates.count(sender=sender)
    if rate and rate.exceeded:
        return rate.seconds_left
    return quotas.seconds_to_midnight() if quotas.exceeded(sender=sender) else 0
