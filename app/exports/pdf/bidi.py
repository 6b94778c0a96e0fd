"""Right-to-left words in the order in which a PDF holds them: as they stand, from left to right."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from app.ocr.scripts import is_right_to_left

# Letters of left-to-right scripts, and digits: these stand from left to right in Arabic as well.
LEFT_TO_RIGHT = {"L", "EN", "AN"}
# A full stop or comma in a number turns with the number.
SEPARATORS = {"ES", "CS"}


def visual_order(word: str) -> str:
    """Viewers put the letters back in logical order when text is searched or copied."""
    if not is_right_to_left(word):
        return word
    runs = ("".join(run) for _, run in groupby(word, _Direction()))
    return "".join(run if _starts_left_to_right(run) else run[::-1] for run in [*runs][::-1])


class _Direction:
    """Key for groupby: whether a character belongs to a left-to-right run; separators go along."""

    def __init__(self) -> None:
        self.last = False

    def __call__(self, character: str) -> bool:
        kind = unicodedata.bidirectional(character)
        if kind not in SEPARATORS:
            self.last = kind in LEFT_TO_RIGHT
        return self.last


def _starts_left_to_right(run: str) -> bool:
    return unicodedata.bidirectional(run[0]) in LEFT_TO_RIGHT
