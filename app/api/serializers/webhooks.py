"""Webhooks and the key of their signatures."""

from __future__ import annotations

from rest_framework import serializers

from app.models import Webhook


class WebhookSerializer(serializers.ModelSerializer[Webhook]):
    """A call to a callback_url and the log of its attempts."""

    log = serializers.JSONField(
        read_only=True,
        help_text="One `{at, status, error, milliseconds}` for each attempt; status is HTTP's.",
    )

    class Meta:
        model = Webhook
        fields = [
            "id",
            "url",
            "job",
            "batch",
            "status",
            "attempts",
            "next_at",
            "delivered_at",
            "created_at",
            "log",
        ]
        read_only_fields = fields


class SecretSerializer(serializers.Serializer):
    secret = serializers.CharField(help_text="The key of your webhooks' signatures.")
