"""/metrics for Prometheus, restricted by METRICS_NETWORKS or METRICS_TOKEN."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from app.http.client_address import client_address
from app.services.operations.metrics.exposition import CONTENT_TYPE, exposition


@require_GET
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    if not (_has_token(request) or _is_near(request)):
        return HttpResponse("Not allowed.", status=403, content_type="text/plain")
    return HttpResponse(exposition(), content_type=CONTENT_TYPE)


def _has_token(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    sent = request.headers.get("Authorization", "")
    return bool(token) and constant_time_compare(sent, f"Bearer {token}")


def _is_near(request: HttpRequest) -> bool:
    """Whether the client is in METRICS_NETWORKS; false behind a proxy that TRUSTED_PROXIES does not
    count."""
    if "X-Forwarded-For" in request.headers and not settings.TRUSTED_PROXIES:
        return False
    try:
        address = ip_address(client_address(request))
    except ValueError:  # a UNIX socket, or a proxy that sends no address
        return False
    return any(address in ip_network(network) for network in settings.METRICS_NETWORKS)
