"""Plain text as the old services answered it."""

from __future__ import annotations

from collections.abc import Iterable

from app.ocr.result import Page, document_text


def tesseract_text(pages: Iterable[Page]) -> str:
    """Text as Tesseract prints it: the last line ends in a newline too; empty for a blank page."""
    text = document_text(pages)
    return text + "\n" if text else ""
