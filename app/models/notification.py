"""Notifications about the end of a job or batch: a webhook call or a mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .access import Owned, OwnedQuerySet
from .batch import Batch
from .ids import new_id
from .job import Job


class WebhookStatus(models.TextChoices):
    WAITING = "waiting"  # for the job or batch to end
    PENDING = "pending"  # to be sent at next_at
    DELIVERED = "delivered"
    FAILED = "failed"  # given up


class Webhook(Owned):
    """A URL to call when a job or batch has ended, and the log of the attempts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.OneToOneField(
        Job, on_delete=models.CASCADE, null=True, blank=True, related_name="webhook"
    )
    batch = models.OneToOneField(
        Batch, on_delete=models.CASCADE, null=True, blank=True, related_name="webhook"
    )
    url = models.URLField(max_length=2000)
    # The site's URL when the webhook was registered; the body links to the result there.
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
        default_related_name = "webhooks"
        indexes = [
            models.Index(fields=["next_at"], condition=Q(status="pending"), name="webhook_due"),
            # A small index: every job, when it ends, looks for waiting webhooks.
            models.Index(fields=["status"], condition=Q(status="waiting"), name="webhook_waiting"),
            models.Index(fields=["owner"], name="webhook_of_owner"),
            models.Index(fields=["visitor"], name="webhook_of_visitor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(job__isnull=False) ^ Q(batch__isnull=False),
                name="webhook_of_job_or_batch",
            )
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.url}"


class MailRequest(models.Model):
    """A mail that an owner wants at the end of a job or batch; deleted once it is sent."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_requests"
    )
    job = models.OneToOneField(Job, on_delete=models.CASCADE, null=True)
    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, null=True)
    # Language and URL of the site's pages when the mail was requested, for its text and link.
    language = models.CharField(max_length=10)
    site_url = models.CharField(max_length=300)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_related_name = "mail_request"
        constraints = [
            models.CheckConstraint(
                condition=Q(job__isnull=False) ^ Q(batch__isnull=False),
                name="mail_of_job_or_batch",
            )
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.job_id or self.batch_id}"
