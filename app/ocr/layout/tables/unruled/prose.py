"""Lines of running text, which are not cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .lines import Chunk, TextLine

# In heights of a line: least width of prose, and (LINE_GAP) largest gap between its lines.
WIDTH = 14.0
WORDS = 4
LINES = 3
LINE_GAP = 1.0
# Neighbouring lines of a paragraph overlap by at least this share of the shorter one.
COMMON = 0.7
# Number of chunks ahead that are searched for the next line.
AHEAD = 12
# In heights of a line: widest stretched space, and largest difference of justified lines' ends.
STRETCHED = 1.6
SAME_EDGE = 0.5


def is_wordy(chunk: Chunk, unit: float) -> bool:
    if chunk.box.width < WIDTH * unit:
        return False
    return sum(token.word.text[:1].isalpha() for token in chunk.tokens) >= WORDS


def justified(lines: Sequence[TextLine], unit: float) -> set[int]:
    """Numbers of the lines of running text that begin and end where a neighbouring line does."""
    words = [is_running(line, unit) for line in lines]
    found: set[int] = set()
    for number, (above, below) in enumerate(pairwise(lines)):
        if not (words[number] and words[number + 1]):
            continue
        left = abs(above.box.left - below.box.left)
        right = abs(above.box.right - below.box.right)
        if left <= SAME_EDGE * unit and right <= SAME_EDGE * unit:
            found |= {number, number + 1}
    return found


def is_running(line: TextLine, unit: float) -> bool:
    """Whether the line has many words and no gap wider than a stretched space."""
    tokens = line.tokens
    if len(tokens) < 6 or line.box.width < WIDTH * unit:
        return False
    gaps = (right.box.left - left.box.right for left, right in pairwise(tokens))
    letters = sum(token.word.text[:1].isalpha() for token in tokens)
    return max(gaps) <= STRETCHED * unit and letters >= 0.7 * len(tokens)


def prose(chunks: Sequence[Chunk], unit: float) -> set[int]:
    """Numbers of the chunks that are lines of a paragraph, its short last line included.

    chunks: line by line from top to bottom.
    """
    wordy = [is_wordy(chunk, unit) for chunk in chunks]
    below = {
        number: following
        for number, is_long in enumerate(wordy)
        if is_long and (following := _next_line(chunks, number, unit)) is not None
    }
    lines = [1] * len(chunks)
    for number, following in reversed(below.items()):
        lines[number] += lines[following]
    found = {number for number, count in enumerate(lines) if count >= LINES}
    for number, following in below.items():
        if number in found:
            found.add(following)
    return found


def _next_line(chunks: Sequence[Chunk], number: int, unit: float) -> int | None:
    box = chunks[number].box
    for other in range(number + 1, min(len(chunks), number + AHEAD)):
        following = chunks[other].box
        common = min(box.right, following.right) - max(box.left, following.left)
        gap = following.top - box.bottom
        lower = following.top > box.top + 0.3 * unit
        if lower and gap < LINE_GAP * unit and common >= COMMON * min(box.width, following.width):
            return other
    return None
