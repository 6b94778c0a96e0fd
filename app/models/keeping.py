from __future__ import annotations

from typing import Any

from django.db import models


class Kept(models.Model):
    """What its owner makes of an entry, beside what was recognized."""

    title = models.CharField(max_length=200, blank=True)
    corrected_text = models.TextField(null=True, blank=True)
    starred = models.BooleanField(default=False)
    # Names as they were given; search finds them written with a number sign, as in #invoice.
    tags: Any = models.JSONField(default=list, blank=True)
    notes = models.TextField(blank=True)
    # In the trash since then; TRASH_DAYS later it is deleted for good.
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
