"""The caller of a request, for services: account, API key, visitor's secret and network address.

app.http.caller makes one from a request. The hashes below are stored, so their salts must not
change.
"""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser, User
from django.utils.crypto import salted_hmac

from app.models import ApiKey

# Each household or server has a whole /64, so single IPv6 addresses do not identify one.
IPV6_PREFIX = 64


@dataclass(frozen=True, slots=True)
class Caller:
    """key: the API key that authenticated the request, if one did.

    visitor: the secret by which a caller without an account owns their uploads; empty for accounts
    and for callers without a secret.
    """

    user: User | AnonymousUser
    key: ApiKey | None = None
    visitor: str = ""
    address: str = ""

    @property
    def owner(self) -> User | None:
        """The account, or None for anonymous callers."""
        return self.user if isinstance(self.user, User) else None

    @property
    def subject(self) -> str:
        """The name under which rates and quotas count this caller."""
        if self.key:
            return f"key:{self.key.pk}"
        if self.owner:
            return account_subject(self.owner.pk)
        return address_subject(self.address)

    def with_visitor(self, secret: str) -> Caller:
        """The same caller, as owner of rows with that secret; accounts need none."""
        return self if self.owner else replace(self, visitor=secret)


def account_subject(pk: int) -> str:
    return f"user:{pk}"


def address_subject(address: str) -> str:
    """A keyed hash of the address; the address itself is not stored."""
    mac = salted_hmac("app.services.senders", network_of(address), algorithm="sha256")
    return f"address:{mac.hexdigest()[:32]}"


def visitor_subject(visitor: str) -> str:
    """The keyed hash of a visitor's secret."""
    mac = salted_hmac("app.services.senders.visitor", visitor, algorithm="sha256")
    return f"visitor:{mac.hexdigest()}"


def sign_in_subject(address: str) -> str:
    """The subject for sign-in attempts from an address, for any account."""
    return f"sign-in:{address_subject(address)}"


def network_of(address: str) -> str:
    """The /64 of an IPv6 address; anything else unchanged."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(parsed)


def new_visitor() -> str:
    """A secret by which an anonymous caller owns their uploads: 32 random bytes."""
    return secrets.token_urlsafe(32)
