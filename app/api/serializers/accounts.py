from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from rest_framework import serializers

from app.services import accounts


class RegisterSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ["username", "password", "email"]
        extra_kwargs = {"password": {"write_only": True, "style": {"input_type": "password"}}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        person = User(username=attrs["username"], email=attrs.get("email", ""))
        check_password(attrs["password"], person)
        return attrs

    def create(self, validated_data: dict[str, Any]) -> User:
        return accounts.register(**validated_data)


class MeSerializer(serializers.ModelSerializer[User]):
    """The account of the caller. A new password needs the current one."""

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
        if "password" in attrs:
            user: User = self.instance  # type: ignore[assignment]
            if not user.check_password(current):
                raise serializers.ValidationError(
                    {"current_password": ["This is not your password."]}
                )
            check_password(attrs["password"], user)
        return attrs

    def update(self, instance: User, validated_data: dict[str, Any]) -> User:
        return accounts.update(user=instance, **validated_data)


def check_password(password: str, user: User) -> None:
    """Django's validators as a field error that names every reason."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise serializers.ValidationError({"password": error.messages}) from error
