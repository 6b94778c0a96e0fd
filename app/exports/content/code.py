"""Lines of code, with spaces derived from their position on the page."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from app.ocr.result import Block, Line
from app.ocr.text import clean

# A word's ink is narrower than the sum of its character advances by this part of one advance.
BEARING = 0.25
# Longest indentation, in characters.
WIDEST = 120


def code_lines(block: Block) -> list[str]:
    """Lines without empty ones; spaces that the source itself has are kept."""
    lines = [line for line in block.lines if line.text.strip()]
    if _knows_its_spaces(lines):
        return [clean(line.text).expandtabs(4).rstrip() for line in lines]
    advance = _advance(lines)
    pairs = zip(block.lines, code_indents(block), strict=True)
    return [" " * n + _spaced(line, advance) for line, n in pairs if line.text.strip()]


def code_indents(block: Block) -> list[int]:
    """Number of spaces to put before each line; 0 if the texts have their own."""
    lines = [line for line in block.lines if line.text.strip()]
    if _knows_its_spaces(lines):
        return [0 for _ in block.lines]
    advance = _advance(lines)
    left = min((line.bbox.left for line in lines), default=0)
    return [_spaces(line.bbox.left - left, advance) for line in block.lines]


def _knows_its_spaces(lines: Sequence[Line]) -> bool:
    return any(line.text[0].isspace() for line in lines)


def _advance(lines: Sequence[Line]) -> float:
    """Pixels from one character to the next in a font of fixed width; at least 1.

    Derived from the distances between starts of neighbouring words, most of which are one space
    apart, else from the widths of the words.
    """
    steps = [
        (following.bbox.left - word.bbox.left) / (len(word.text) + word.space_after)
        for line in lines
        for word, following in pairwise(line.words)
        if word.text
    ]
    if steps:
        return max(statistics.median_low(steps), 1.0)
    words = [word for line in lines for word in line.words]
    characters = sum(len(word.text) - BEARING for word in words)
    return max(sum(word.bbox.width for word in words) / characters, 1.0) if characters > 0 else 1.0


def _spaced(line: Line, advance: float) -> str:
    text = ""
    for word, following in pairwise(line.words):
        apart = _spaces(following.bbox.left - word.bbox.right, advance, bearing=BEARING)
        text += clean(word.text) + " " * (max(1, apart) if word.space_after else 0)
    return text + clean(line.words[-1].text)


def _spaces(distance: float, advance: float, bearing: float = 0.0) -> int:
    return max(0, min(round(distance / advance - bearing), WIDEST))
