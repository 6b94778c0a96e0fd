"""Allowed hosts of outbound requests: public ones and those of OUTBOUND_ALLOWED_HOSTS."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import httpx
from django.conf import settings

from app.ocr.errors import OcrError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Networks that Python 3.11 considers public: protocol assignments, where some clouds have their
# metadata, documentation (RFC 9637), and the site-local addresses used before 2004.
SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "3fff::/20", "fec0::/10")))
# Names that are never those of a public host (RFC 6761, RFC 6762, RFC 8375).
PRIVATE_NAMES = ("localhost", ".local", ".internal", ".home.arpa")
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """A URL with the address to connect to, resolved once so that it cannot change after the check.

    host: in ASCII, as in DNS, certificates and headers.
    """

    url: SplitResult
    host: str
    port: int
    address: str

    @property
    def netloc(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.url.port}" if self.url.port else host


def check_url(url: str) -> None:
    """Checks a URL without resolving its host.

    Raises OcrError(bad_url): not http(s), with a password, without a host, a forbidden address.
    """
    _, host, _ = _split(url)
    try:
        public = is_public(ipaddress.ip_address(host))
    except ValueError:
        public = not host.endswith(PRIVATE_NAMES)
    if not public and not _is_allowed(host):
        raise _forbidden(host)


def resolve(url: str) -> Target:
    """Resolves the host and checks all its addresses.

    Raises OcrError: bad_url, unreachable_url.
    """
    parts, host, port = _split(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise OcrError(
            "unreachable_url", f"The host {host[:100]} was not found.", permanent=False
        ) from None
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not _is_allowed(host):
        for address in addresses:
            if not is_public(ipaddress.ip_address(address)):
                raise _forbidden(host)
    return Target(parts, host, port, addresses[0])


def is_public(address: IpAddress) -> bool:
    """Whether the address is on the public Internet. In an IPv6 address that embeds an IPv4
    address, the latter counts."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    if any(address in network for network in SPECIAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _split(url: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(url)
        port, host = parts.port, _in_ascii(parts.hostname or "")
        httpx.URL(url)  # refuses control characters, unpaired surrogates and overlong URLs
    except (ValueError, httpx.InvalidURL):
        raise OcrError("bad_url", "This is not a URL.") from None
    if parts.scheme not in PORTS or not host:
        raise OcrError("bad_url", "Give a URL that begins with http:// or https://.")
    if parts.username or parts.password:
        raise OcrError("bad_url", "A URL with a user name or password is not called.")
    return parts, host, port or PORTS[parts.scheme]


def _in_ascii(host: str) -> str:
    """`Bücher.example.` -> `xn--bcher-kva.example`. Raises ValueError for an invalid name."""
    return host.rstrip(".").lower().encode("idna").decode()


def _is_allowed(host: str) -> bool:
    return host in map(_in_ascii, settings.OUTBOUND_ALLOWED_HOSTS)


def _forbidden(host: str) -> OcrError:
    return OcrError(
        "bad_url",
        f"{host[:100]} is not on the public Internet; OUTBOUND_ALLOWED_HOSTS can allow it.",
    )
