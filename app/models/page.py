from __future__ import annotations

from typing import Any

from django.db import models

from app.ocr import result as result_tree
from app.ocr.edits.correction import corrected_pages
from app.ocr.tree import page_from_tree

from .job import Job


class Page(models.Model):
    """The stored result of one page.

    tree: from app.ocr.tree.page_to_tree. Its additional key "correction" has the blocks in which a
    person corrected single words (app.services.history.word_corrections).
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    corrected_text = models.TextField(null=True, blank=True)
    confidence = models.FloatField(default=0)
    # In the current, corrected text; None until counted (app.services.history.doubts).
    words_to_check = models.PositiveIntegerField(null=True, editable=False)
    tree: Any = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["job", "number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="page_once_per_job")]

    def __str__(self) -> str:
        return f"page {self.number}"

    @property
    def final_text(self) -> str:
        """The corrected text if there is one, else the recognized text."""
        return self.text if self.corrected_text is None else self.corrected_text

    @property
    def result(self) -> result_tree.Page:
        """The page as it was recognized."""
        return page_from_tree(self.tree)

    @property
    def word_correction(self) -> dict[str, Any] | None:
        """The correction of single words; None without one, or if the text has changed since."""
        stored: dict[str, Any] | None = self.tree.get("correction")
        return stored if stored and stored["text"] == self.final_text else None

    @property
    def final_result(self) -> result_tree.Page:
        """The page with a person's corrections in place of the words that they change."""
        if stored := self.word_correction:
            return page_from_tree({**self.tree, "blocks": stored["blocks"]})
        if self.corrected_text is None:
            return self.result
        [corrected] = corrected_pages([self.result], self.corrected_text)
        return corrected

    @property
    def word_result(self) -> result_tree.Page | None:
        """`final_result`; None if a person rewrote the text so that no words of the page fit it."""
        page = self.final_result
        fits = self.corrected_text is None or page.text.split() == self.corrected_text.split()
        return page if fits else None
