"""Pages in API answers: the page object of the JSON export, with why that engine read it."""

from __future__ import annotations

from typing import Any

from app.exports.json import page_data
from app.ocr.result import Page


def page_summary(page: Page, *, boxes: bool) -> dict[str, Any]:
    """Without boxes a page is its size, text and confidence: small even for long documents."""
    return {**page_data(page, boxes=boxes), "reason": page.reason}
