"""Adapters of django-allauth and django-axes to the rules of this site."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

from app.http.client_address import client_address
from app.services.accounts import invitations

INVITATION_KEY = "invitation"  # session key of the token in the followed link


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.REGISTRATION_OPEN or invitations.is_open(token=invitation_of(request))

    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        """Uses up the invitation before it creates the account, so that it creates only one."""
        if not settings.REGISTRATION_OPEN and not invitations.use(token=invitation_of(request)):
            raise ImmediateHttpResponse(redirect("account_signup"))
        request.session.pop(INVITATION_KEY, None)
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Open to every account of the provider, unless OIDC_SIGN_UP is off."""
        return bool(settings.OIDC_SIGN_UP)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Encrypts the secrets of authenticator apps, so that a stolen database is not enough."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    """Its key is derived from SECRET_KEY. The salt must not change with the name of this module."""
    key = salted_hmac("app.web.second_factor", "authenticators", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def invitation_of(request: HttpRequest) -> str:
    return str(request.session.get(INVITATION_KEY, ""))


def sign_in_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name under which failures are counted: the user name or e-mail address as typed.

    In capitals first: PostgreSQL finds `admin` by `adm\N{LATIN SMALL LETTER DOTLESS I}n` too.
    """
    given = credentials or {}
    return str(given.get("username") or given.get("email") or "").upper().casefold()
