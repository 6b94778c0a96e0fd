from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from pathlib import PurePosixPath

from django.db import models

from .access import Owned, OwnedQuerySet
from .ids import new_id


def upload_path(upload: Upload, name: str) -> str:
    """Storage path, such as uploads/2026/11/21/<id>.png; it does not contain the file's name."""
    suffix = PurePosixPath(name).suffix
    return f"uploads/{upload.created_on:%Y/%m/%d}/{upload.pk}{suffix}"


class Upload(Owned):
    """A file as it was sent, deleted with the last job that recognizes it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.FileField(upload_to=upload_path, max_length=200)
    name = models.CharField("file name", max_length=255, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_related_name = "uploads"
        indexes = [
            # For an account's uploads of the same bytes (services/jobs/reuse), and its total size.
            models.Index(fields=["sha256", "owner"], name="upload_same_bytes"),
            models.Index(fields=["owner", "size"], name="upload_sizes"),
            models.Index(fields=["visitor"], name="upload_of_visitor"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    @property
    def created_on(self) -> date:
        """Day of creation from the id's time stamp, known even before the row is saved."""
        key: uuid.UUID = self.pk
        return datetime.fromtimestamp((key.int >> 80) / 1000, UTC).date()
