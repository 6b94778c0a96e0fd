"""Check boxes and radio buttons, which are one-character words in the result tree."""

from __future__ import annotations

from app.ocr.result import Word

SELECTED = frozenset("☒☑◉⦿⊙✓✔✗✘")
UNSELECTED = frozenset("☐◯○⭘")


def selected(word: Word) -> bool | None:
    """Whether a selection mark is set; None for other words."""
    if word.text in SELECTED:
        return True
    return False if word.text in UNSELECTED else None
