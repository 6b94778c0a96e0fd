from __future__ import annotations

from django.db import models

from .batch import Batch
from .job import Job


class RequestKey(models.Model):
    """A caller's Idempotency-Key, with its request and the resulting job or batch.

    If it has neither, the first request is still being handled, or its process was killed.
    """

    sender = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField("SHA-256 of the request", max_length=64)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, null=True, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "key"], name="request_key_once_per_sender")
        ]

    def __str__(self) -> str:
        return self.key
