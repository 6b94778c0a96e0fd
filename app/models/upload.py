from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models

from .access import OwnedQuerySet
from .ids import new_id


def upload_path(upload: Upload, name: str) -> str:
    """uploads/2026/11/21/<id>.png: the sender's file name never reaches the file system."""
    suffix = PurePosixPath(name).suffix
    return f"uploads/{upload.created_on:%Y/%m/%d}/{upload.pk}{suffix}"


class Upload(models.Model):
    """A file as it was sent. Jobs recognize it; it goes when the last of them goes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.FileField(upload_to=upload_path, max_length=200)
    name = models.CharField("file name", max_length=255, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="uploads",
        db_index=False,  # an index below begins with it
    )
    # Anonymous uploads belong to whoever holds this secret: a browser session or an API client.
    visitor = models.CharField(max_length=43, blank=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            # Somebody's uploads of the same bytes (services/jobs/reuse), and the sum of all.
            models.Index(fields=["sha256", "owner"], name="upload_same_bytes"),
            models.Index(fields=["owner", "size"], name="upload_sizes"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    @property
    def created_on(self) -> date:
        """The day in the id's time stamp: known before the row is saved."""
        key: uuid.UUID = self.pk
        return datetime.fromtimestamp((key.int >> 80) / 1000, UTC).date()
