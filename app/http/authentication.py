"""Who calls: HTTP Basic, an API key, a JWT or the browser's session, as old clients know it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.request import Request

from app.models import ApiKey
from app.ocr.errors import OcrError
from app.services.accounts import api_keys, second_factor
from app.services.limits import rates
from app.services.limits.senders import sign_in_subject

from .client_address import client_address


class BasicAuthentication(authentication.BasicAuthentication):
    """Limited as every other way to try passwords, and no way around a second factor."""

    def authenticate_credentials(
        self, userid: str, password: str, request: Request | None = None
    ) -> tuple[User, None]:
        guesses = Guesses(request)
        guesses.refuse_too_many()
        try:
            user, _ = super().authenticate_credentials(userid, password, request)
        except AuthenticationFailed:
            guesses.add()
            refuse_while_locked(request)
            raise
        check_sign_in(user)
        return user, None

    def authenticate_header(self, request: Request) -> str:
        # A page's own script must not make the browser open its password dialogue.
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return 'Session realm="api"'
        return super().authenticate_header(request)


class Guesses:
    """Wrong passwords from one address, of any account: RATE_SIGN_IN, together with tokens."""

    def __init__(self, request: Request | None) -> None:
        address = client_address(request) if request else ""
        self.limit = {"subject": sign_in_subject(address), "limit": settings.RATE_SIGN_IN}

    def refuse_too_many(self) -> None:
        """Raises Throttled, whether the next one would be right or wrong."""
        rate = rates.look_at(**self.limit)
        if rate and rate.exceeded:
            raise Throttled(wait=rate.seconds_left)

    def add(self) -> None:
        rates.count_for(**self.limit)


class KeyAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer oo_…` or `X-API-Key`. The view's `key_scope` says what a key needs."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        token = self.token(request)
        return authenticate_key(request, token) if token else None

    def token(self, request: Request) -> str:
        scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and api_keys.looks_like_key(credentials.strip()):
            return credentials.strip()
        return request.headers.get("X-API-Key", "").strip()


def authenticate_key(request: Request, token: str) -> tuple[User, ApiKey]:
    """Raises AuthenticationFailed, or PermissionDenied for a good key that may not do this."""
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
    """Whether the password, with a second factor's code if any, is enough for this account."""
    try:
        second_factor.check(user=user, code=code)
    except OcrError as error:
        raise AuthenticationFailed(error.message, error.code) from error


def refuse_while_locked(request: Request | None) -> None:
    """429 in place of 401 after too many wrong passwords, whether this one is right or wrong."""
    if getattr(request, "axes_locked_out", False):
        raise Throttled(wait=settings.AXES_COOLOFF_TIME.total_seconds())
