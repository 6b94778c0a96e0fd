"""`GET /version`, which Tika answers with text and docling-serve with JSON."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework.request import Request

from .docling.views import VERSIONS
from .status import OpenView
from .tika.views import VERSION as TIKA_VERSION


class VersionView(OpenView):
    def get(self, request: Request) -> HttpResponse:
        """Returns JSON to clients that accept it, or if Tika is switched off."""
        wants_json = "json" in request.headers.get("Accept", "")
        if settings.COMPAT_DOCLING and (wants_json or not settings.COMPAT_TIKA):
            return JsonResponse(VERSIONS)
        if not settings.COMPAT_TIKA:
            raise Http404
        return HttpResponse(TIKA_VERSION, "text/plain")
