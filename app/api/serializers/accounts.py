"""Accounts and their audit log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from rest_framework import serializers
from rest_framework.validators import UniqueValidator

from app.http.authentication import is_current_password, refuse_while_locked
from app.models import AuditEvent
from app.services.accounts import accounts

STORED_NAME = User._meta.get_field("username")


class UsernameField(serializers.CharField):
    """A free user name, normalized. Names that differ only in case count as equal."""

    def __init__(self, **options: Any) -> None:
        taken = STORED_NAME.error_messages["unique"]
        options["validators"] = [
            UnicodeUsernameValidator(),
            UniqueValidator(User.objects.all(), taken, lookup="iexact"),
        ]
        super().__init__(max_length=150, help_text=STORED_NAME.help_text, **options)

    def to_internal_value(self, data: Any) -> str:
        name: str = User.normalize_username(super().to_internal_value(data))
        return name


class RegisterSerializer(serializers.ModelSerializer[User]):
    username = UsernameField()
    invitation = serializers.CharField(
        required=False,
        write_only=True,
        max_length=100,
        help_text="The end of an invitation's link, where registration is closed.",
    )

    class Meta:
        model = User
        fields = ["username", "password", "email", "invitation"]
        extra_kwargs = {"password": {"write_only": True, "style": {"input_type": "password"}}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory" and not attrs.get("email"):
            raise serializers.ValidationError({"email": ["This field is required."]}, "required")
        person = User(username=attrs["username"], email=attrs.get("email", ""))
        check_password(attrs["password"], person)
        return attrs

    def create(self, validated_data: dict[str, Any]) -> User:
        with taken_names_as_errors():
            return accounts.register(**validated_data)


class MeSerializer(serializers.ModelSerializer[User]):
    """The account of the caller. A new password or address needs the current password."""

    username = UsernameField(required=False)
    password = serializers.CharField(write_only=True, required=False, max_length=128)
    current_password = serializers.CharField(write_only=True, required=False, max_length=128)

    class Meta:
        model = User
        fields = [
            "id",
            "username",
            "email",
            "first_name",
            "last_name",
            "is_staff",
            "date_joined",
            "last_login",
            "password",
            "current_password",
        ]
        read_only_fields = ["id", "is_staff", "date_joined", "last_login"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        current = attrs.pop("current_password", "")
        user: User = self.instance  # type: ignore[assignment]
        # A stolen token must not be enough to take over the account.
        moved = attrs.get("email", user.email) != user.email
        if "password" in attrs or moved:
            self.check_current_password(current)
        if "password" in attrs:
            check_password(attrs["password"], user)
        return attrs

    def check_current_password(self, password: str) -> None:
        request = self.context["request"]
        if not is_current_password(request, password):
            refuse_while_locked(request)
            raise serializers.ValidationError({"current_password": ["This is not your password."]})

    def update(self, instance: User, validated_data: dict[str, Any]) -> User:
        with taken_names_as_errors():
            return accounts.update(user=instance, **validated_data)


class AuditSerializer(serializers.ModelSerializer[AuditEvent]):
    message = serializers.CharField(source="get_action_display", read_only=True)
    by_staff = serializers.SerializerMethodField(help_text="Done by staff.")

    class Meta:
        model = AuditEvent
        fields = ["at", "action", "message", "address", "by_staff", "detail"]
        read_only_fields = fields

    def get_by_staff(self, event: AuditEvent) -> bool:
        return event.actor_id is not None


@contextmanager
def taken_names_as_errors() -> Iterator[None]:
    """A field error for a user name that another request took after it was checked."""
    try:
        yield
    except IntegrityError:
        message = STORED_NAME.error_messages["unique"]
        raise serializers.ValidationError({"username": [message]}, "unique") from None


def check_password(password: str, user: User) -> None:
    """Django's validators as a field error that names every reason."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise serializers.ValidationError({"password": error.messages}) from error
