"""The audit log of accounts, which their owners and staff can read."""

from __future__ import annotations

import hashlib
import ipaddress
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from app.models import Action, AuditEvent

A_DAY = 86_400  # seconds


def record(
    *,
    action: Action,
    user: User | None,
    actor: User | None = None,
    address: str = "",
    detail: dict[str, str | int] | None = None,
) -> AuditEvent:
    """Records an event. detail: numbers, names of objects, and reasons; never texts, file names or
    secrets."""
    return AuditEvent.objects.create(
        action=action,
        user=user,
        actor=None if actor == user else actor,
        address=_valid(address),
        detail=detail or {},
    )


def record_daily(
    *,
    action: Action,
    user: User,
    actor: User | None = None,
    address: str,
    detail: dict[str, str | int] | None = None,
) -> None:
    """record(), at most once a day for equal events: for events that occur often."""
    who = (user.pk, actor.pk if actor else None)
    what = repr((action, who, address, sorted((detail or {}).items())))
    name = f"audit:{hashlib.sha256(what.encode()).hexdigest()}"
    # Look it up first: add() takes six statements in the database's cache if the key exists.
    if not cache.get(name) and cache.add(name, True, timeout=A_DAY):
        record(action=action, user=user, actor=actor, address=address, detail=detail)


def of_user(*, user: User) -> QuerySet[AuditEvent]:
    """The account's events, newest first."""
    return AuditEvent.objects.filter(user=user).select_related("actor")


def prune() -> int:
    """Deletes events older than AUDIT_DAYS; returns their number."""
    before = timezone.now() - timedelta(days=settings.AUDIT_DAYS)
    return AuditEvent.objects.filter(at__lt=before).delete()[0]


def _valid(address: str) -> str | None:
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None
