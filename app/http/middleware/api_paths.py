"""Middleware for addresses in the forms that API clients use."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Paths under /api/ whose last part has neither a slash nor a format suffix.
SLASHLESS = re.compile(r"^/api/(?:.*/)?[^/.]+$")


class AsciiQuery:
    """Encodes characters that a client such as curl did not encode in the query.

    Django reads raw UTF-8, but would encode its bytes a second time in the links of the next page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if not query.isascii():
            request.META["QUERY_STRING"] = quote(query.encode("latin-1"), safe=string.punctuation)
        return self.get_response(request)


class ApiSlash:
    """Serves /api/ocr as /api/ocr/. A redirect, as Django would send, loses the body of a POST."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SLASHLESS.match(request.path_info):
            request.path_info += "/"
            request.path += "/"
        return self.get_response(request)
