from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Anything under /api/ whose last part has neither a slash nor a format suffix.
SLASHLESS = re.compile(r"^/api/(?:.*/)?[^/.]+$")


class ApiSlash:
    """Serves /api/ocr as /api/ocr/. A redirect, as Django would send, loses the body of a POST."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SLASHLESS.match(request.path_info):
            request.path_info += "/"
            request.path += "/"
        return self.get_response(request)
