"""The base view of docling-serve: its switch, keys and errors."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.view import CompatView, Failure

MOST_FILES = 20


class DoclingKeyAuthentication(ClientKeyAuthentication):
    def token(self, request: Request) -> str:
        """Open WebUI puts the scheme into X-Api-Key, too."""
        return super().token(request).removeprefix("Bearer ")


class DoclingView(CompatView):
    switch = "COMPAT_DOCLING"
    authentication_classes = [DoclingKeyAuthentication]
    max_files = MOST_FILES

    def failure(self, failure: Failure) -> HttpResponse:
        status = 422 if failure.code == "bad_request" else failure.status
        return Response({"detail": failure.message}, status)


class HealthView(DoclingView):
    def anonymous_allowed(self) -> bool:
        return True

    def get(self, request: Request) -> Response:
        return Response({"status": "ok"})


urlpatterns = [path("health", HealthView.as_view())]
