"""Invitations: links to sign up where registration is closed."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from app.models import Invitation

VALID_DAYS = 7


def create(*, by: User, note: str = "") -> tuple[Invitation, str]:
    """The invitation and the token for its link, of which only a digest is stored."""
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        digest=_digest(token),
        note=note,
        created_by=by,
        expires_at=timezone.now() + timedelta(days=VALID_DAYS),
    )
    return invitation, token


def is_open(*, token: str) -> bool:
    """True while the invitation is unused and has not expired."""
    return _open(token).exists()


def use(*, token: str) -> bool:
    """Uses up the invitation. True for exactly one of concurrent calls; False if it is not open."""
    return _open(token).update(used_at=timezone.now()) == 1


def _open(token: str) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        digest=_digest(token), used_at=None, expires_at__gt=timezone.now()
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
