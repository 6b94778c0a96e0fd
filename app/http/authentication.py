"""Authentication by HTTP Basic or API key, and re-authentication before sensitive changes."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import HttpRequest
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.request import Request

from app.models import ApiKey
from app.ocr.errors import OcrError
from app.services.accounts import api_keys, second_factor
from app.services.limits import rates
from app.services.limits.caller import sign_in_subject

from .client_address import client_address


class BasicAuthentication(authentication.BasicAuthentication):
    """HTTP Basic with the limits of every other sign-in; it cannot bypass a second factor."""

    def authenticate_credentials(
        self, userid: str, password: str, request: Request | None = None
    ) -> tuple[User, None]:
        attempts = SignInAttempts(request)
        attempts.refuse_too_many()
        try:
            user, _ = super().authenticate_credentials(userid, password, request)
        except AuthenticationFailed:
            attempts.add()
            refuse_while_locked(request)
            raise
        check_sign_in(user)
        return user, None

    def authenticate_header(self, request: Request) -> str:
        # A script of our pages must not make the browser open its password dialogue.
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return 'Session realm="api"'
        return super().authenticate_header(request)


class SignInAttempts:
    """Limits wrong passwords from one address, for any account (RATE_SIGN_IN), together with
    tokens."""

    def __init__(self, request: Request | None) -> None:
        address = client_address(request) if request else ""
        self.limit = {"subject": sign_in_subject(address), "limit": settings.RATE_SIGN_IN}

    def refuse_too_many(self) -> None:
        """Raises Throttled if the limit is reached, even if the next password would be right."""
        rate = rates.peek(**self.limit)
        if rate and rate.exceeded:
            raise Throttled(wait=rate.seconds_left)

    def add(self) -> None:
        rates.count_for(**self.limit)


class KeyAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer oo_…` or `X-API-Key`. Needs the view's `key_scope`."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        token = self.token(request)
        return authenticate_key(request, token) if token else None

    def token(self, request: Request) -> str:
        scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and api_keys.looks_like_key(credentials.strip()):
            return credentials.strip()
        return request.headers.get("X-API-Key", "").strip()


def authenticate_key(request: Request, token: str) -> tuple[User, ApiKey]:
    """Raises AuthenticationFailed, or PermissionDenied for a valid key that may not do this."""
    scope = getattr(request.parser_context["view"], "key_scope", None)
    try:
        key = api_keys.authenticate(token=token, address=client_address(request), scope=scope)
    except OcrError as error:
        raise refusal(error) from error
    return key.owner, key


def refusal(error: OcrError) -> AuthenticationFailed | PermissionDenied:
    refused = PermissionDenied if error.code == "key_scope" else AuthenticationFailed
    return refused(error.message, error.code)


def check_sign_in(user: User, code: str = "") -> None:
    """Raises AuthenticationFailed if the account needs more than the password and this code."""
    try:
        second_factor.check(user=user, code=code)
    except OcrError as error:
        raise AuthenticationFailed(error.message, error.code) from error


def refuse_while_locked(request: Request | None) -> None:
    """Raises Throttled after too many wrong passwords, even if this one is right."""
    if getattr(request, "axes_locked_out", False):
        raise Throttled(wait=settings.AXES_COOLOFF_TIME.total_seconds())


def is_current_password(request: HttpRequest, password: str) -> bool:
    """Checks the password of the signed-in user again, before a sensitive change.

    Wrong ones count as failed sign-ins and lock the account in the same way: a stolen session or
    token must not be usable to try passwords.
    """
    found = authenticate(request, username=request.user.get_username(), password=password)
    return found is not None and found.pk == request.user.pk
