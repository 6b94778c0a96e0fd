"""Lines of program code as text, with the indentation and empty lines that their boxes show."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .result import Line

# Shorter words say little about the width of a character.
WORD_LENGTH = 3
# Program text has no more empty lines in a row, nor lines that begin further right.
MOST_EMPTY, MOST_INDENTATION = 3, 120


def code_lines(lines: Sequence[Line]) -> list[str]:
    """Texts of the lines and "" for empty ones; spaces as many as fit where there is white."""
    pitch = _pitch(lines)
    if not pitch:
        return [line.text for line in lines]
    left = min(line.bbox.left for line in lines)
    steps = [lower.bbox.bottom - upper.bbox.bottom for upper, lower in pairwise(lines)]
    usual = median(steps) if steps else 0
    texts = []
    for step, line in zip([usual, *steps], lines, strict=True):
        empty = round(step / usual) - 1 if usual > 0 else 0
        texts += [""] * min(max(0, empty), MOST_EMPTY)
        texts.append(_spaced(line, left, pitch))
    return texts


def _pitch(lines: Sequence[Line]) -> float:
    """Width of a character, in pixels; 0 if no word is long enough."""
    widths = [
        word.bbox.width / len(word.text)
        for line in lines
        for word in line.words
        if len(word.text) >= WORD_LENGTH
    ]
    return median(widths) if widths else 0.0


def _spaced(line: Line, left: int, pitch: float) -> str:
    text = ""
    for word in line.words:
        place = min(round((word.bbox.left - left) / pitch), len(text) + MOST_INDENTATION)
        joined = not text or text.endswith(" ")
        text += " " * max(place - len(text), 0 if joined else 1)
        text += word.text
    return text.rstrip()
