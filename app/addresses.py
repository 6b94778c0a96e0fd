"""Where a request comes from. Used by API and pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The peer, or what TRUSTED_PROXIES proxies before this site wrote into X-Forwarded-For.

    Each proxy appends the address it was called from, so only the last entries can be believed.
    """
    count = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if count and forwarded[-1].strip():
        return str(forwarded[-min(count, len(forwarded))].strip())
    return str(request.META.get("REMOTE_ADDR", ""))
