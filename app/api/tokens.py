"""JWTs as the first onlineocr issued them: a numeric user_id, and its messages for bad tokens."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.serializers import CharField
from rest_framework_simplejwt import serializers, tokens
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken

from app.http.authentication import check_sign_in, refuse_while_locked

# Clients compare messages with that of simplejwt 4; version 5 has two others.
OLD_MESSAGES = {
    "Token is invalid": "Token is invalid or expired",
    "Token is expired": "Token is invalid or expired",
}


class OldWording:
    """For Token classes."""

    def __init__(self, token: Any = None, verify: bool = True) -> None:
        try:
            super().__init__(token, verify)  # type: ignore[call-arg]
        except TokenError as error:
            message = str(error)
            raise TokenError(OLD_MESSAGES.get(message, message)) from error


class AccessToken(OldWording, tokens.AccessToken):
    pass


class RefreshToken(OldWording, tokens.RefreshToken):
    access_token_class = AccessToken

    @classmethod
    def for_user(cls, user: AbstractBaseUser) -> RefreshToken:  # type: ignore[override]
        token = super().for_user(user)
        token[api_settings.USER_ID_CLAIM] = user.pk  # a number, not simplejwt 5's string
        return token


class UntypedToken(OldWording, tokens.UntypedToken):
    pass


class ObtainPairSerializer(serializers.TokenObtainPairSerializer):
    token_class = RefreshToken
    code = CharField(
        required=False,
        write_only=True,
        max_length=20,
        help_text="Of the authenticator app, or a recovery code, where the account has one.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, str]:
        code = attrs.pop("code", "")
        try:
            pair = super().validate(attrs)
        except AuthenticationFailed:
            refuse_while_locked(self.context.get("request"))
            raise
        check_sign_in(self.user, code)
        return pair


class RefreshSerializer(serializers.TokenRefreshSerializer):
    token_class = RefreshToken

    def validate(self, attrs: dict[str, Any]) -> dict[str, str]:
        try:
            return super().validate(attrs)
        except User.DoesNotExist:
            # The account was deleted after the token was issued; simplejwt lets this escape.
            raise InvalidToken from None


class VerifySerializer(serializers.TokenVerifySerializer):
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        token = UntypedToken(attrs["token"])
        if BlacklistedToken.objects.filter(token__jti=token.get(api_settings.JTI_CLAIM)).exists():
            raise TokenError("Token is blacklisted")
        return {}


class BlacklistSerializer(serializers.TokenBlacklistSerializer):
    token_class = RefreshToken
