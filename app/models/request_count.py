from __future__ import annotations

from django.db import models


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
