from __future__ import annotations

from rest_framework import serializers

from app.models import AuditEvent


class AuditSerializer(serializers.ModelSerializer[AuditEvent]):
    message = serializers.CharField(source="get_action_display", read_only=True)
    by_staff = serializers.SerializerMethodField(help_text="Somebody else did it.")

    class Meta:
        model = AuditEvent
        fields = ["at", "action", "message", "address", "by_staff", "detail"]
        read_only_fields = fields

    def get_by_staff(self, event: AuditEvent) -> bool:
        return event.actor_id is not None
