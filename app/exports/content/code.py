"""Lines of code with the spaces that their place on the page shows."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from app.ocr.result import Block, Line
from app.ocr.text import clean

# The ink of a word is this much of a character narrower than its characters are apart.
BEARING = 0.25
# No indentation is longer, in characters.
WIDEST = 120


def code_lines(block: Block) -> list[str]:
    """Without empty ones; a source that knows its spaces is believed."""
    lines = [line for line in block.lines if line.text.strip()]
    if _knows_its_spaces(lines):
        return [clean(line.text).expandtabs(4).rstrip() for line in lines]
    advance = _advance(lines)
    pairs = zip(block.lines, code_indents(block), strict=True)
    return [" " * n + _spaced(line, advance) for line, n in pairs if line.text.strip()]


def code_indents(block: Block) -> list[int]:
    """Spaces in front of each line; 0 where its text begins with them."""
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

    From the left of one word to the left of the next, since most are one space apart; else from
    the widths of the words.
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
