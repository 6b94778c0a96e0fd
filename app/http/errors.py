"""Errors as HTTP answers: the status of every error code, 404 for unknown paths, and 500."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views import defaults

from .error_messages import in_language
from .middleware.outages import is_for_programs, outage_response

# HTTP status of the OcrError codes; all others are 400.
STATUS = {
    "registration_closed": 403,
    "not_found": 404,
    "unknown_format": 404,
    "cancelled": 409,
    "conflict": 409,
    "file_too_large": 413,
    "too_many_pages": 413,
    "too_many_pixels": 413,
    "engine_crashed": 422,
    "engine_failed": 422,
    "export_failed": 422,
    "export_timeout": 422,
    "idempotency_mismatch": 422,
    "out_of_memory": 422,
    "page_timeout": 422,
    "quota_exceeded": 429,
    "unavailable": 503,
}
NOT_FOUND = "There is nothing at this address; /docs/ describes the API."
SERVER_ERROR = (
    "This is a fault of the site. Its log has the reason under this answer's X-Request-ID."
)


def status_of(code: str) -> int:
    """The HTTP status of an OcrError code."""
    return STATUS.get(code, 400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404: JSON for programs, the page for people."""
    if request.path.startswith("/api/") or not accepts_html(request):
        body = {"detail": in_language("not_found", NOT_FOUND), "code": "not_found"}
        response: HttpResponse = JsonResponse(body, status=404)
    else:
        response = defaults.page_not_found(request, exception)
    patch_vary_headers(response, ["Accept"])
    return response


def accepts_html(request: HttpRequest) -> bool:
    """Whether the client names text/html, as browsers do; programs accept anything, or JSON."""
    accept = request.headers.get("Accept", "")
    return not accept or "text/html" in accept


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, which also answers errors outside views, such as in storing a
    session."""
    exception = sys.exception()
    if isinstance(exception, Exception) and (response := outage_response(request, exception)):
        return response
    if is_for_programs(request):
        body = {"detail": in_language("server_error", SERVER_ERROR), "code": "server_error"}
        return JsonResponse(body, status=500)
    return defaults.server_error(request)
