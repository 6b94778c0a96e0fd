from __future__ import annotations

from django.conf import settings
from django.db import models


class Usage(models.Model):
    """Pages that one sender had recognized on one day, for the daily quotas.

    subject: as app.services.limits.senders names it: a key, an account, or the hash of an address.
    """

    day = models.DateField()
    subject = models.CharField(max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="usage",
    )
    pages = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "subject"]
        verbose_name_plural = "usage"
        constraints = [
            models.UniqueConstraint(fields=["day", "subject"], name="usage_once_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.subject}: {self.pages}"
