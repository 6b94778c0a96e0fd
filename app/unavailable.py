"""503 with Retry-After while database or sign-in provider are away, or the disk is full."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from requests import RequestException

logger = logging.getLogger(__name__)

RETRY_SECONDS = 10
# Full, over quota, or a folder that somebody made read-only.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}
DETAIL = "The site cannot store anything at the moment. Nothing was accepted; try again soon."


class Unavailable:
    """Middleware for API and pages alike."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_outage(exception):
            return None
        logger.error("unavailable: %s", exception)
        return answer(request)


def is_outage(exception: Exception) -> bool:
    if isinstance(exception, OSError) and exception.errno in FULL:
        return True
    # Requests are sent to the provider that people sign in through, and to nobody else.
    return isinstance(exception, OperationalError | InterfaceError | RequestException)


def answer(request: HttpRequest) -> HttpResponse:
    headers = {"Retry-After": str(RETRY_SECONDS)}
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": DETAIL, "code": "unavailable"}, status=503, headers=headers)
    # Without the request: who is signed in would have to be asked of the database.
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
