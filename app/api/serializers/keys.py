from __future__ import annotations

import ipaddress
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from app.models import ApiKey, Scope
from app.services.accounts import api_keys


class NetworkField(serializers.CharField):
    """`192.0.2.0/24`, or one address."""

    default_error_messages = {"invalid_network": "Give a network such as 192.0.2.0/24."}

    def to_internal_value(self, data: Any) -> str:
        try:
            return str(ipaddress.ip_network(super().to_internal_value(data), strict=False))
        except ValueError:
            self.fail("invalid_network")


class KeySerializer(serializers.ModelSerializer[ApiKey]):
    scopes = serializers.MultipleChoiceField(
        choices=Scope.choices, required=False, allow_empty=False, help_text="Default: all."
    )
    networks = serializers.ListField(
        child=NetworkField(), required=False, max_length=50, help_text="Default: any network."
    )

    class Meta:
        model = ApiKey
        fields = [
            "id",
            "name",
            "prefix",
            "scopes",
            "networks",
            "expires_at",
            "requests_per_minute",
            "pages_per_day",
            "created_at",
            "last_used_at",
            "use_count",
        ]
        read_only_fields = ["id", "prefix", "created_at", "last_used_at", "use_count"]

    def validate_expires_at(self, value: Any) -> Any:
        if value and value <= timezone.now():
            raise serializers.ValidationError("This moment has passed.")
        return value

    def to_representation(self, instance: ApiKey) -> dict[str, Any]:
        return {**super().to_representation(instance), "scopes": instance.scopes}


class NewKeySerializer(KeySerializer):
    """The only answer that holds the key itself."""

    key = serializers.SerializerMethodField(help_text="Shown only now.")
    aws_access_key_id = serializers.CharField(source="prefix", read_only=True)
    aws_secret_access_key = serializers.SerializerMethodField(
        help_text="For clients of AWS Textract. Shown only now."
    )

    class Meta(KeySerializer.Meta):
        fields = [*KeySerializer.Meta.fields, "key", "aws_access_key_id", "aws_secret_access_key"]

    def get_key(self, key: ApiKey) -> str:
        token: str = self.context["token"]
        return token

    def get_aws_secret_access_key(self, key: ApiKey) -> str:
        return api_keys.signing_secret(key=key)
