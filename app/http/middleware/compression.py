"""Compression of pages and JSON, with and without nginx.

Django adds a random number of bytes to each compressed answer, and masks the CSRF token differently
in each page, so that the length reveals nothing about secrets in it (the BREACH attack). nginx does
not, so it compresses static files only.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

# Our own text. Downloads are excluded: pictures, PDF and Office files are compressed already.
COMPRESSIBLE = (
    "text/html",
    "text/css",
    "text/javascript",
    "text/plain",
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/openapi+json",
    "image/svg+xml",
)


class Compression(GZipMiddleware):
    """Does not compress streams: files, which may be large, and answers sent word by word."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        kind = response.get("Content-Type", "").partition(";")[0].strip()
        if response.streaming or kind not in COMPRESSIBLE:
            return response
        compressed: HttpResponse = super().process_response(request, response)
        return compressed
