from __future__ import annotations

import secrets
from datetime import datetime
from typing import Self

from django.db import models

from .job import Job


def new_token() -> str:
    return secrets.token_urlsafe(32)


def text_only() -> list[str]:
    return ["txt"]


class ShareQuerySet(models.QuerySet["Share"]):
    def open_at(self, moment: datetime) -> Self:
        """Valid links: not expired, and their entry is not in the trash."""
        return self.filter(expires_at__gt=moment, job__deleted_at=None)


class Share(models.Model):
    """A read-only link to one entry, for everyone who has it; deleting the row revokes it."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="shares")
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    # Export formats that visitors may download; the page itself is always shown.
    formats = models.JSONField(default=text_only)
    # A hash, as for accounts' passwords; empty for links without a password.
    password = models.CharField(max_length=128, blank=True, editable=False)

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.job_id} until {self.expires_at:%Y-%m-%d}"
