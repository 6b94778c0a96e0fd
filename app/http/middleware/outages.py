"""503 with Retry-After during outages of the database, cache, bucket, sign-in provider or disk.

A value that the database cannot store is an error of the request: 400.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from requests import RequestException

from app.http.error_messages import in_language
from app.services.operations.transient_errors import unreachable_errors

logger = logging.getLogger(__name__)

RETRY_SECONDS = 10
# Disk full or over quota, or a folder without write permission.
DISK_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}
DETAIL = "The site cannot store anything at the moment. Nothing was accepted; try again soon."
UNSTORABLE = "The request has a value that cannot be stored or looked for, such as a zero byte."


class Unavailable:
    """Middleware that answers outages in views of API and pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return outage_response(request, exception)


def outage_response(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """The answer to an outage or an unstorable value; None for any other exception."""
    if is_outage(exception):
        logger.error("unavailable: %s", exception)
        return unavailable_response(request)
    # Its message is not logged, because it quotes the request.
    return unstorable_response(request) if isinstance(exception, DataError) else None


def unstorable_response(request: HttpRequest) -> HttpResponse:
    """PostgreSQL refuses zero bytes and numbers beyond its columns; SQLite does not."""
    if is_for_programs(request):
        return JsonResponse({"detail": UNSTORABLE, "code": "parse_error"}, status=400)
    # Without the request: the value may be the session's cookie.
    return HttpResponse(render_to_string("400.html"), status=400)


def is_outage(exception: Exception) -> bool:
    if isinstance(exception, OSError) and exception.errno in DISK_ERRNOS:
        return True
    # `requests` is used only for the sign-in provider.
    return isinstance(exception, (RequestException, *unreachable_errors()))


def unavailable_response(request: HttpRequest) -> HttpResponse:
    headers = {"Retry-After": str(RETRY_SECONDS)}
    if is_for_programs(request):
        body = {"detail": in_language("unavailable", DETAIL), "code": "unavailable"}
        return JsonResponse(body, status=503, headers=headers)
    # Without the request: the page would ask the database who is signed in.
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def is_for_programs(request: HttpRequest) -> bool:
    """True for the API and the vendor APIs: views of the REST framework."""
    match = request.resolver_match
    return request.path.startswith("/api/") or (match is not None and hasattr(match.func, "cls"))
