from __future__ import annotations

from django.conf import settings
from django.db import models


class Usage(models.Model):
    """Number of pages recognized for one caller on one day, for the daily quotas.

    subject: named by app.services.limits.caller: a key, an account, or the hash of an address.
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
    """One caller's requests in the current minute, for the rate limits (services/limits/rates).

    subject: named by app.services.limits.caller. minute: minutes since 1970. A new minute resets
    the count, so a caller has one row.
    """

    subject = models.CharField(max_length=120, primary_key=True)
    minute = models.BigIntegerField(db_index=True)
    requests = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.subject}: {self.requests}"
