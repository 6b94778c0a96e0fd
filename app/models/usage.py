from __future__ import annotations

from django.conf import settings
from django.db import models


class Usage(models.Model):
    """Pages that one sender had recognized on one day, for the daily quotas.

    subject: as app.services.limits.caller names it: a key, an account, or the hash of an address.
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


class RequestCount(models.Model):
    """Requests of one caller in the current minute, for the rate limits (services/limits/rates).

    subject: as app.services.limits.caller names it. minute: minutes since 1970; a new one starts
    the count over, so a caller has one row.
    """

    subject = models.CharField(max_length=120, primary_key=True)
    minute = models.BigIntegerField(db_index=True)
    requests = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.subject}: {self.requests}"
