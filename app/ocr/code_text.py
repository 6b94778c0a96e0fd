"""Lines of program code as text, with the indentation and empty lines that their boxes show."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .result import Line

# Shorter words are a poor measure of the width of a character.
WORD_LENGTH = 3
# A gap below this many character widths is a single space.
ONE_SPACE = 1.7
# Limits of empty lines in a row and of the characters of an indentation or gap.
MOST_EMPTY, MOST_INDENTATION = 3, 120


def code_lines(lines: Sequence[Line]) -> list[str]:
    """Texts of the lines and "" for empty ones; a gap becomes as many spaces as fit in it."""
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
    """Width of a character with the space beside it, in pixels; 0 if no word is long enough."""
    words = [word for line in lines for word in line.words if len(word.text) >= WORD_LENGTH]
    if not words:
        return 0.0
    width = median(word.bbox.width / len(word.text) for word in words)
    steps = [
        (following.bbox.left - word.bbox.left) / (len(word.text) + 1)
        for line in lines
        for word, following in pairwise(line.words)
        if len(word.text) >= WORD_LENGTH
        and 0 < following.bbox.left - word.bbox.right < ONE_SPACE * width
    ]
    return median(steps) if steps else width


def _spaced(line: Line, left: int, pitch: float) -> str:
    text, right = "", left
    for word in line.words:
        white = min(round((word.bbox.left - right) / pitch), MOST_INDENTATION)
        text += " " * max(white, 1 if text else 0) + word.text
        right = word.bbox.right
    return text
