"""Who sends a request, as far as limits are concerned: a key, an account, or an address."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.crypto import salted_hmac

from app.models import ApiKey

# One household or server gets a whole /64, so single IPv6 addresses say nothing.
IPV6_PREFIX = 64


@dataclass(frozen=True, slots=True)
class Sender:
    owner: User | None
    key: ApiKey | None
    address: str

    @property
    def subject(self) -> str:
        """The name under which this sender is counted."""
        if self.key:
            return f"key:{self.key.pk}"
        if self.owner:
            return account_subject(self.owner.pk)
        return address_subject(self.address)


def account_subject(pk: int) -> str:
    return f"user:{pk}"


def address_subject(address: str) -> str:
    """Counts are stored without the address: a keyed hash tells callers apart just as well."""
    mac = salted_hmac("app.services.senders", network_of(address), algorithm="sha256")
    return f"address:{mac.hexdigest()[:32]}"


def visitor_subject(visitor: str) -> str:
    """Somebody without an account whose secret is known, by its keyed hash."""
    mac = salted_hmac("app.services.senders.visitor", visitor, algorithm="sha256")
    return f"visitor:{mac.hexdigest()}"


def sign_in_subject(address: str) -> str:
    """Whoever tries passwords from there, whoever they claim to be."""
    return f"sign-in:{address_subject(address)}"


def network_of(address: str) -> str:
    """An IPv4 address as it is, an IPv6 address as its /64; anything else unchanged."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(parsed)
