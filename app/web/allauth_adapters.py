"""How django-allauth and django-axes ask this site about its rules."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import redirect

from app.http.client_address import client_address
from app.services.accounts import invitations

INVITATION_KEY = "invitation"  # of the session: the token in the link that was followed


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.REGISTRATION_OPEN or invitations.is_open(token=invitation_of(request))

    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        """Uses an invitation up before the account is made, so that it makes only one."""
        if not settings.REGISTRATION_OPEN and not invitations.use(token=invitation_of(request)):
            raise ImmediateHttpResponse(redirect("account_signup"))
        request.session.pop(INVITATION_KEY, None)
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """The provider decides who has an account, unless OIDC_SIGN_UP is off."""
        return bool(settings.OIDC_SIGN_UP)


def invitation_of(request: HttpRequest) -> str:
    return str(request.session.get(INVITATION_KEY, ""))


def sign_in_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Under which name failures are counted: the user name or address that was typed.

    In capitals first: PostgreSQL finds `admin` by `adm\N{LATIN SMALL LETTER DOTLESS I}n` too.
    """
    given = credentials or {}
    return str(given.get("username") or given.get("email") or "").upper().casefold()
