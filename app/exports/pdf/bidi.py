"""Right-to-left words in the order in which PDF stores them: visually, from left to right."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from app.ocr.scripts import is_right_to_left

# Letters of left-to-right scripts, and digits, which run from left to right in Arabic too.
LEFT_TO_RIGHT = {"L", "EN", "AN"}
# A full stop or comma in a number follows the number's direction.
SEPARATORS = {"ES", "CS"}


def visual_order(word: str) -> str:
    """The word in visual order; viewers restore logical order when they search or copy text."""
    if not is_right_to_left(word):
        return word
    runs = ("".join(run) for _, run in groupby(word, _Direction()))
    return "".join(run if _starts_left_to_right(run) else run[::-1] for run in [*runs][::-1])


class _Direction:
    """Key for groupby: whether a character belongs to a left-to-right run, with separators."""

    def __init__(self) -> None:
        self.last = False

    def __call__(self, character: str) -> bool:
        kind = unicodedata.bidirectional(character)
        if kind not in SEPARATORS:
            self.last = kind in LEFT_TO_RIGHT
        return self.last


def _starts_left_to_right(run: str) -> bool:
    return unicodedata.bidirectional(run[0]) in LEFT_TO_RIGHT
