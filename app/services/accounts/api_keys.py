"""API keys: creation, authentication, rotation, revocation."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from app.models import ApiKey, Scope
from app.ocr.errors import OcrError

TOKEN_START = "oo_"  # noqa: S105  not a secret: what every key begins with
PREFIX_LENGTH = 13  # random characters by which a key is found
SECRET_LENGTH = 32
FOREIGN_PREFIX_LENGTH = 12
# Not a valid name for registration, so that no person can own the account.
SERVICE_ACCOUNT = "site key"
LAST_USED_STEP = timedelta(minutes=1)


def create(
    *,
    owner: User,
    name: str,
    scopes: Iterable[str] = tuple(Scope.values),
    networks: Iterable[str] = (),
    token: str = "",
    **fields: Any,
) -> tuple[ApiKey, str]:
    """The stored key and its token, of which only a digest is stored.

    token: generated, unless a vendor API prescribes its form. fields: expires_at,
    requests_per_minute, pages_per_day. Raises ValueError for a bad network.
    """
    token = token or _new_token()
    key = ApiKey.objects.create(
        owner=owner,
        name=name,
        prefix=_prefix(token),
        digest=_digest(token),
        scopes=sorted(set(scopes)),
        networks=[str(ipaddress.ip_network(network, strict=False)) for network in networks],
        **fields,
    )
    return key, token


def rotate(*, key: ApiKey) -> str:
    """A new token for the same key; the old one stops working at once."""
    token = _new_token()
    key.prefix, key.digest = _prefix(token), _digest(token)
    key.save(update_fields=["prefix", "digest"])
    return token


@transaction.atomic
def replace(*, owner: User, name: str, **fields: Any) -> tuple[ApiKey, str]:
    """create(), and the owner's earlier keys of that name stop working."""
    ApiKey.objects.of(owner).filter(name=name).update(revoked_at=timezone.now())
    return create(owner=owner, name=name, **fields)


def revoke(*, key: ApiKey) -> None:
    key.revoked_at = timezone.now()
    key.save(update_fields=["revoked_at"])


def looks_like_key(token: str) -> bool:
    """True for the site's own tokens, false for JWTs."""
    return token.startswith(TOKEN_START) or _is_site_key(token)


def authenticate(*, token: str, address: str, scope: str | None) -> ApiKey:
    """The key that the token belongs to; counts the use.

    scope: the scope that the request needs; None for requests that no key may make. Raises
    OcrError: invalid_key, key_expired, key_network, key_scope.
    """
    key = _site_key(token) if _is_site_key(token) else _find(token)
    return admit(key=key, address=address, scope=scope)


def admit(*, key: ApiKey, address: str, scope: str | None) -> ApiKey:
    """Checks expiry, network and scope of a key whose secret matched. Raises OcrError."""
    if key.expired:
        raise OcrError("key_expired", "This API key has expired; make a new one.")
    if key.networks and not _inside(address, key.networks):
        raise OcrError("key_network", "This API key is not accepted from your network.")
    if scope not in key.scopes:
        raise OcrError("key_scope", "This API key may not do that; its scopes do not allow it.")
    _count_use(key)
    return key


def find_by_prefix(prefix: str) -> ApiKey:
    """The live key with that prefix, its secret unchecked. Raises OcrError(invalid_key)."""
    found = ApiKey.objects.select_related("owner").filter(prefix=prefix, revoked_at=None)
    key: ApiKey | None = found.filter(owner__is_active=True).first()
    if key is None:
        raise OcrError("invalid_key", "The API key is not valid.")
    return key


def signing_secret(*, key: ApiKey) -> str:
    """The 40 characters that AWS clients sign with. Derived, so that no secret is stored."""
    mac = salted_hmac("app.services.keys.signing_secret", key.digest, algorithm="sha256")
    return mac.hexdigest()[:40]


def service_account() -> User:
    """The account that owns the uploads of callers with a key from the environment."""
    user, _ = User.objects.get_or_create(username=SERVICE_ACCOUNT)
    return user


def client_account(*, name: str) -> User:
    """The account that owns the uploads of one client of a site key, for vendor APIs that name
    clients."""
    user, _ = User.objects.get_or_create(username=f"{SERVICE_ACCOUNT} {name}")
    return user


def _new_token() -> str:
    return f"{TOKEN_START}{get_random_string(PREFIX_LENGTH)}_{get_random_string(SECRET_LENGTH)}"


def _prefix(token: str) -> str:
    """The part stored in clear text: "oo_" and 13 characters, or 12 characters of other tokens."""
    if token.startswith(TOKEN_START):
        return token.rpartition("_")[0]
    return token[:FOREIGN_PREFIX_LENGTH]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _find(token: str) -> ApiKey:
    key = find_by_prefix(_prefix(token))
    if not hmac.compare_digest(key.digest, _digest(token)):
        raise OcrError("invalid_key", "The API key is not valid.")
    return key


def _is_site_key(token: str) -> bool:
    """Compares with all site keys in constant time."""
    matches = [
        hmac.compare_digest(known.encode(), token.encode()) for known in settings.APP_AUTH_TOKEN
    ]
    return any(matches)


def _site_key(token: str) -> ApiKey:
    """The key's row, which counts its uses; only the environment makes the key valid."""
    digest = _digest(token)
    key: ApiKey = ApiKey.objects.select_related("owner").get_or_create(
        prefix=f"site_{digest[:11]}",
        defaults={
            "owner": service_account(),
            "name": "APP_AUTH_TOKEN",
            "digest": digest,
            "scopes": list(Scope.values),
        },
    )[0]
    return key


def _inside(address: str, networks: list[str]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in ipaddress.ip_network(network) for network in networks)


def _count_use(key: ApiKey) -> None:
    """Counts every use; writes the time at most once a minute."""
    now = timezone.now()
    changes: dict[str, Any] = {"use_count": F("use_count") + 1}
    if key.last_used_at is None or now - key.last_used_at >= LAST_USED_STEP:
        changes["last_used_at"] = now
    ApiKey.objects.filter(pk=key.pk).update(**changes)
