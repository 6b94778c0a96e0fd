"""Rate limits and quotas for forms of the pages; the counts are those of the API."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from app.http.caller import caller_of
from app.services.limits import quotas, rates
from app.web.refusals import too_many

View = Callable[..., HttpResponseBase]


def limited(view: View) -> View:
    """Decorator for views whose POST starts a recognition: 429 beyond the limit of requests or
    pages."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refusal = _refusal(request) if request.method == "POST" else None
        return refusal or view(request, *args, **kwargs)

    return wrapped


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """Counts the request. Returns the refusal, or None within the limits."""
    caller = caller_of(request)
    rate = rates.count(caller=caller)
    if rate and rate.exceeded:
        return too_many(request, wait=rate.seconds_left)
    if quotas.exceeded(caller=caller):
        return too_many(request, wait=quotas.seconds_to_midnight(), quota_of=caller)
    return None
