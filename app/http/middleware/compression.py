"""Compression of pages and JSON, the same behind nginx and without it.

A random number of bytes is added to each compressed answer, and Django masks the CSRF token
differently in each page, so that the length tells nothing about secrets in it (the BREACH attack).
nginx does not, so it compresses static files only. Django's own middleware does, but has no level.
"""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Callable
from gzip import GzipFile

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# Text of ours. Downloads are not: pictures, PDF and Office files are compressed already.
COMPRESSIBLE = frozenset(
    {
        "text/html",
        "text/css",
        "text/javascript",
        "text/plain",
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "application/openapi+json",
        "image/svg+xml",
    }
)
SHORTEST = 200  # bytes; a shorter answer is in one packet anyway
# Django's level of 6 takes two to three times as long for a tenth less.
LEVEL = 3
RANDOM_BYTES = 100  # at most, as Django's
ACCEPTED = re.compile(r"\bgzip\b")


def compression(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Leaves streams alone: files, which may be large, and answers word by word."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if _is_compressible(response):
            patch_vary_headers(response, ("Accept-Encoding",))
            if ACCEPTED.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
                _compress(response)
        return response

    return middleware


def _is_compressible(response: HttpResponse) -> bool:
    kind = response.get("Content-Type", "").partition(";")[0].strip()
    if response.streaming or kind not in COMPRESSIBLE:
        return False
    return len(response.content) >= SHORTEST and "Content-Encoding" not in response


def _compress(response: HttpResponse) -> None:
    compressed = compressed_bytes(response.content)
    if len(compressed) >= len(response.content):
        return
    response.content = compressed
    response["Content-Length"] = str(len(compressed))
    response["Content-Encoding"] = "gzip"
    etag = response.get("ETag", "")
    if etag.startswith('"'):  # other bytes under a strong one would be an error (RFC 9110, 8.8.1)
        response["ETag"] = f"W/{etag}"


def compressed_bytes(content: bytes) -> bytes:
    """gzip with a file name of random length, which hides the length of the rest."""
    name = "a" * (1 + secrets.randbelow(RANDOM_BYTES))
    stream = io.BytesIO()
    with GzipFile(name, "wb", LEVEL, stream, mtime=0) as file:
        file.write(content)
    return stream.getvalue()
