"""503 with Retry-After while database, cache, bucket or provider are away, or the disk is full.

And 400 for what the database cannot hold: that is the request's fault.
"""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Callable

from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views import defaults
from requests import RequestException

from app.media_storage import BUCKET_ERRORS

logger = logging.getLogger(__name__)

RETRY_SECONDS = 10
# Full, over quota, or a folder that somebody made read-only.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}
# Requests are sent to the provider that people sign in through, and to nobody else.
OUTAGES = (OperationalError, InterfaceError, RequestException, *BUCKET_ERRORS)
if settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
    from redis.exceptions import RedisError

    OUTAGES += (RedisError,)
DETAIL = "The site cannot store anything at the moment. Nothing was accepted; try again soon."
UNSTORABLE = "The request has a value that cannot be stored or looked for, such as a zero byte."
FAULT = "This is a fault of the site. Its log has the reason under this answer's X-Request-ID."


class Unavailable:
    """Middleware for API and pages alike."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return explained(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: also asked about what fails outside views, such as storing a session."""
    exception = sys.exception()
    if isinstance(exception, Exception) and (response := explained(request, exception)):
        return response
    if is_for_programs(request):
        return JsonResponse({"detail": FAULT, "code": "server_error"}, status=500)
    return defaults.server_error(request)


def explained(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """None for a fault of ours."""
    if is_outage(exception):
        logger.error("unavailable: %s", exception)
        return answer(request)
    # Its message is not logged: it quotes what was sent.
    return unstorable(request) if isinstance(exception, DataError) else None


def unstorable(request: HttpRequest) -> HttpResponse:
    """PostgreSQL refuses zero bytes and numbers beyond its columns; SQLite does not."""
    if is_for_programs(request):
        return JsonResponse({"detail": UNSTORABLE, "code": "parse_error"}, status=400)
    # Without the request: the session's cookie may be what cannot be looked up.
    return HttpResponse(render_to_string("400.html"), status=400)


def is_outage(exception: Exception) -> bool:
    if isinstance(exception, OSError) and exception.errno in FULL:
        return True
    return isinstance(exception, OUTAGES)


def answer(request: HttpRequest) -> HttpResponse:
    headers = {"Retry-After": str(RETRY_SECONDS)}
    if is_for_programs(request):
        return JsonResponse({"detail": DETAIL, "code": "unavailable"}, status=503, headers=headers)
    # Without the request: who is signed in would have to be asked of the database.
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def is_for_programs(request: HttpRequest) -> bool:
    """The API and the contracts: views of the REST framework."""
    match = request.resolver_match
    return request.path.startswith("/api/") or (match is not None and hasattr(match.func, "cls"))
