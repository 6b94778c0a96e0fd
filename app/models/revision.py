from __future__ import annotations

from django.conf import settings
from django.db import models

from .job import Job


class Revision(models.Model):
    """A text as it was before a correction, of one page or of the whole document."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="revisions")
    # None means the whole document.
    page_number = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"page {self.page_number}" if self.page_number else "whole text"
