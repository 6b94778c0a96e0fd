from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from .ids import new_id


class Scope(models.TextChoices):
    """Permissions of a key. No key can manage accounts or keys: only a person can."""

    OCR = "ocr", "send files and follow their jobs"
    HISTORY = "history", "read, correct and delete results"


class ApiKeyQuerySet(models.QuerySet[Any]):
    def of(self, user: User) -> Self:
        """The keys that a user sees and manages: their own, even if they are staff."""
        return self.filter(owner=user, revoked_at=None)


class ApiKey(models.Model):
    """A secret with which a program acts for its owner.

    Only its prefix, for lookup, and a SHA-256 digest are stored: the secret has 190 random bits,
    so a slow password hash would add nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys"
    )
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(default=list)
    # CIDR networks from which it may be used; empty means all.
    networks = models.JSONField(default=list, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    # Limits of this key, in place of the site's.
    requests_per_minute = models.PositiveIntegerField(null=True, blank=True)
    pages_per_day = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    use_count = models.PositiveBigIntegerField(default=0)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "API key"

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()
