"""Middleware for the X-RateLimit headers."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from app.http.request_state import state_of


def rate_limit_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Adds the headers to every answer to a request that the throttles counted."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        rate = state_of(request).rate
        if rate:
            response["X-RateLimit-Limit"] = str(rate.limit)
            response["X-RateLimit-Remaining"] = str(max(0, rate.remaining))
            response["X-RateLimit-Reset"] = str(rate.resets_at)
        return response

    return middleware
