"""Health checks for load balancers and containers."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from app.services.operations import health


@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 with database, media folder, engine and worker; 503 with the names of those missing.

    Model files that cannot be used are warnings: the others still read.
    """
    failed = health.failures()
    if failed:
        return JsonResponse({"status": "unavailable", "failed": failed}, status=503)
    warnings = health.warnings()
    return JsonResponse({"status": "ok", **({"warnings": warnings} if warnings else {})})


urlpatterns = [
    path("live", live, name="health-live"),
    path("ready", ready, name="health-ready"),
]
