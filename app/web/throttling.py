"""Rate limits and quotas for forms of the pages; the counts are those of the API."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from app.http.caller import caller_of
from app.services.limits import quotas, rates
from app.services.limits.caller import Caller

View = Callable[..., HttpResponseBase]


def limited(view: View) -> View:
    """For views whose POST starts a recognition: 429 beyond the requests or pages allowed."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wait = seconds_to_wait(caller_of(request)) if request.method == "POST" else 0
        if not wait:
            return view(request, *args, **kwargs)
        response = render(request, "429.html", status=429)
        response["Retry-After"] = str(wait)
        return response

    return wrapped


def seconds_to_wait(caller: Caller) -> int:
    """Counts the request; 0 if it is within the limits."""
    rate = rates.count(caller=caller)
    if rate and rate.exceeded:
        return rate.seconds_left
    return quotas.seconds_to_midnight() if quotas.exceeded(caller=caller) else 0
