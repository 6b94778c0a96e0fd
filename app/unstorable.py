"""400 for what no text of the database can hold, wherever in a request it comes."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

from .unavailable import is_for_programs

logger = logging.getLogger(__name__)

DETAIL = "The request has a value that cannot be stored or looked for, such as a zero byte."


class Unstorable:
    """Middleware. PostgreSQL refuses zero bytes and numbers beyond its columns; SQLite does not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DataError):
            return None
        logger.warning("unstorable: %s", exception)
        if is_for_programs(request):
            return JsonResponse({"detail": DETAIL, "code": "parse_error"}, status=400)
        return defaults.bad_request(request, exception)
