from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .access import OwnedQuerySet
from .batch import Batch
from .ids import new_id
from .job import Job


class WebhookStatus(models.TextChoices):
    WAITING = "waiting"  # for the job or batch to end
    PENDING = "pending"  # to be sent at next_at
    DELIVERED = "delivered"
    FAILED = "failed"  # given up


class Webhook(models.Model):
    """A promise to call a URL when a job or a batch has ended, and the log of keeping it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="webhooks",
    )
    visitor = models.CharField(max_length=43, blank=True, db_index=True)
    job = models.OneToOneField(
        Job, on_delete=models.CASCADE, null=True, blank=True, related_name="webhook"
    )
    batch = models.OneToOneField(
        Batch, on_delete=models.CASCADE, null=True, blank=True, related_name="webhook"
    )
    url = models.URLField(max_length=2000)
    # Where the site was reached when the promise was made: the body links to the result there.
    site_url = models.CharField(max_length=300)
    status = models.CharField(
        max_length=10, choices=WebhookStatus.choices, default=WebhookStatus.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    # One {"at", "status", "error", "milliseconds"} for each attempt.
    log = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(status="pending"), name="webhook_due")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(job__isnull=False) ^ Q(batch__isnull=False),
                name="webhook_of_job_or_batch",
            )
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.url}"
