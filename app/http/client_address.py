"""Where a request comes from. Used by API and pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from app.services.limits.senders import network_of


def client_address(request: HttpRequest) -> str:
    """The peer, or what TRUSTED_PROXIES proxies before this site wrote into X-Forwarded-For.

    Each proxy appends the address it was called from, so only the last entries can be believed.
    """
    count = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if count and forwarded[-1].strip():
        return str(forwarded[-min(count, len(forwarded))].strip())
    return str(request.META.get("REMOTE_ADDR", ""))


def client_network(request: HttpRequest) -> str:
    """The address, of IPv6 the first one of its network: a client can have all the others too."""
    return network_of(client_address(request)).partition("/")[0]
