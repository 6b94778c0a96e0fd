"""Middleware: every request gets an id, is counted, and in JSON logs is one line."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from app.logs import about, loggable_path
from app.services.operations import metrics

try:
    import uwsgi
except ImportError:  # another server
    uwsgi = None

logger = logging.getLogger("app.request")

# What a proxy or client may send as its own id; anything else gets a new one.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def observe(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """First in MIDDLEWARE, so that it sees what the others answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = _request_id(request)
        with about(request_id=request_id):
            response = get_response(request)
            seconds = time.perf_counter() - started
            _count(request, response, seconds)
            if settings.LOG_FORMAT == "json":  # else the server's own line says it
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
    match = request.resolver_match
    view = (match.view_name or match._func_path) if match else "unmatched"
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
