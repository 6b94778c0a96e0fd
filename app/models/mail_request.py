from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .batch import Batch
from .job import Job


class MailRequest(models.Model):
    """A mail that an owner wants at the end of a job or a batch; deleted once it is sent."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_requests"
    )
    job = models.OneToOneField(Job, on_delete=models.CASCADE, null=True)
    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, null=True)
    # Of the pages, when the mail was asked for: its text and its link are like theirs.
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
