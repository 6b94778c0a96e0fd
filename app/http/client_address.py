"""Client IP address behind trusted proxies."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from app.services.limits.caller import network_of


def client_address(request: HttpRequest) -> str:
    """The address of the peer, or of the client that the outermost of TRUSTED_PROXIES proxies saw.

    Each proxy appends the address of its client to X-Forwarded-For, so only the last entries can
    be trusted.
    """
    count = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if count and forwarded[-1].strip():
        return str(forwarded[-min(count, len(forwarded))].strip())
    return str(request.META.get("REMOTE_ADDR", ""))


def client_network(request: HttpRequest) -> str:
    """The address; for IPv6 the first one of its network, since one client can have all of them."""
    return network_of(client_address(request)).partition("/")[0]
