from __future__ import annotations

from typing import Any

from django.db import models

from app.ocr import result
from app.ocr.tree import page_from_tree

from .job import Job


class Page(models.Model):
    """The stored result of one page: its tree as app.ocr.tree.page_to_tree wrote it."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    corrected_text = models.TextField(null=True, blank=True)
    confidence = models.FloatField(default=0)
    tree: Any = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["job", "number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="page_once_per_job")]

    def __str__(self) -> str:
        return f"page {self.number}"

    @property
    def final_text(self) -> str:
        """The corrected text where there is one, else what was recognized."""
        return self.text if self.corrected_text is None else self.corrected_text

    @property
    def result(self) -> result.Page:
        return page_from_tree(self.tree)
