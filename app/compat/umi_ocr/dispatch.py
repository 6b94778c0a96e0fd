"""Middleware that separates Umi-OCR's requests from our own API's, which has the same path."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from app.http.bodies.size import BASE64_GROWTH, OTHER_FIELDS

PATH = "/api/ocr/"
# Internal path of Umi-OCR's view; nothing links to it.
OWN_PATH = "/umi-ocr/api/ocr/"
BASE64 = re.compile(rb'"base64"\s*:')
OURS = re.compile(rb'"image"\s*:')


class UmiOcrDispatch:
    """Sends JSON with `base64` and without our field `image` to Umi-OCR's view.

    Must come after ApiSlash.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.COMPAT_UMI_OCR and is_umi_ocr(request):
            request.path_info = OWN_PATH
        return self.get_response(request)


def is_umi_ocr(request: HttpRequest) -> bool:
    if request.method != "POST" or request.path_info != PATH:
        return False
    if request.content_type != "application/json" or not may_be_read(request):
        return False
    return bool(BASE64.search(request.body)) and not OURS.search(request.body)


def may_be_read(request: HttpRequest) -> bool:
    """Whether the body is small enough: the API refuses larger ones before reading them."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return False
    return 0 < length <= settings.ACCOUNT_MAX_BYTES * BASE64_GROWTH + OTHER_FIELDS
