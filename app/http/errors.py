"""404 for paths that lead nowhere: JSON for programs, the page for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.defaults import page_not_found

DETAIL = "There is nothing at this address; /docs/ describes the API."


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith("/api/") or not accepts_html(request):
        response: HttpResponse = JsonResponse({"detail": DETAIL, "code": "not_found"}, status=404)
    else:
        response = page_not_found(request, exception)
    patch_vary_headers(response, ["Accept"])
    return response


def accepts_html(request: HttpRequest) -> bool:
    """Browsers name text/html; programs accept anything, or JSON."""
    accept = request.headers.get("Accept", "")
    return not accept or "text/html" in accept
