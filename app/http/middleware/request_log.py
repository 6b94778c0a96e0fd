"""Middleware that gives every request an id, counts it, and logs one line for it in JSON logs."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from app.logs import log_context, loggable_path
from app.services.operations import metrics

try:
    import uwsgi
except ImportError:  # another server
    uwsgi = None

logger = logging.getLogger("app.request")

# Ids that a proxy or client may choose; any other is replaced.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def observe(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Must be first in MIDDLEWARE, so that it sees the answers of all others."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = _request_id(request)
        with log_context(request_id=request_id):
            response = get_response(request)
            seconds = time.perf_counter() - started
            _count(request, response, seconds)
            if settings.LOG_FORMAT == "json":  # otherwise the server logs a line of its own
                _log(request, response, seconds)
            if uwsgi:  # %(path) of logformat in uwsgi.ini
                uwsgi.set_logvar("path", loggable_path(request))
        response["X-Request-ID"] = request_id
        return response

    return middleware


def _request_id(request: HttpRequest) -> str:
    sent = request.META.get("HTTP_X_REQUEST_ID", "")
    return sent if _REQUEST_ID.fullmatch(sent) else secrets.token_hex(8)


def _count(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    view = request.resolver_match.view_name if request.resolver_match else "unmatched"
    metrics.count_request(
        method=request.method or "", view=view, status=response.status_code, seconds=seconds
    )


def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    path = loggable_path(request)
    extra = {
        "method": request.method,
        "path": path,
        "status": response.status_code,
        "ms": round(seconds * 1000),
    }
    logger.info("%s %s %d", request.method, path, response.status_code, extra=extra)
