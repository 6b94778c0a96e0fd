"""Check boxes and radio buttons, which the result tree has as words of one sign."""

from __future__ import annotations

from app.ocr.result import Word

SELECTED = frozenset("☒☑◉⦿⊙✓✔✗✘")
UNSELECTED = frozenset("☐◯○⭘")


def selected(word: Word) -> bool | None:
    """None for words that are no selection mark."""
    if word.text in SELECTED:
        return True
    return False if word.text in UNSELECTED else None
