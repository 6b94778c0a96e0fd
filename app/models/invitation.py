from __future__ import annotations

from django.conf import settings
from django.db import models

from .ids import new_id


class Invitation(models.Model):
    """Lets one person sign up while registration is closed. Only the link has the token."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField("SHA-256 of the token", max_length=64, unique=True, editable=False)
    note = models.CharField(max_length=200, blank=True, help_text="For whom it is.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.note or f"invitation of {self.created_at:%Y-%m-%d}"
