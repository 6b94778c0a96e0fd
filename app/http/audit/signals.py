"""Sign-ins, passwords and second factors, as django.contrib.auth, allauth and axes report them."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models import Q
from django.dispatch import receiver
from django.http import HttpRequest

from app.http.client_address import client_address
from app.models import Action
from app.services.accounts import audit


@receiver(user_logged_in)
def note_sign_in(request: HttpRequest | None, user: User, **_: Any) -> None:
    audit.record(action=Action.SIGNED_IN, user=user, address=_address(request))


@receiver(user_login_failed)
def note_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    name = credentials.get("username") or credentials.get("email")
    _note_attempt(Action.SIGN_IN_FAILED, name, _address(request))


@receiver(user_locked_out)
def note_lockout(username: str, ip_address: str, **_: Any) -> None:
    _note_attempt(Action.LOCKED_OUT, username, ip_address)


@receiver([password_changed, password_reset, password_set])
def note_password(request: HttpRequest, user: User, **_: Any) -> None:
    audit.record(action=Action.PASSWORD_CHANGED, user=user, address=client_address(request))


@receiver(authenticator_added)
def note_factor(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _note_factor(Action.FACTOR_ADDED, request, user, authenticator)


@receiver(authenticator_removed)
def note_lost_factor(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _note_factor(Action.FACTOR_REMOVED, request, user, authenticator)


def _note_factor(action: Action, request: HttpRequest, user: User, authenticator: Any) -> None:
    address = client_address(request)
    audit.record(action=action, user=user, address=address, detail={"kind": authenticator.type})


def _note_attempt(action: Action, name: str | None, address: str) -> None:
    """Only for accounts that exist: others have no log, and names that are typed may be secrets."""
    user = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).first()
    if name and user:
        audit.record(action=action, user=user, address=address)


def _address(request: HttpRequest | None) -> str:
    return client_address(request) if request is not None else ""
