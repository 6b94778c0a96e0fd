"""Contents pages, indexes, program code and displays of large numbers, which are not tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .entries import EntryLine
from .leaders import leads_to_pages
from .lines import TextLine

# Section number in front of a title (a rank has no dot); entry of an index with its pages.
SECTION = re.compile(r"(\d{1,2}|[A-Z])(\.\d{1,2})+\.?")
CATCHWORD = re.compile(r".*[^\W\d_]{2}.*,\s*\d{1,4}([-–]\d{1,4})?(,\s*\d{1,4}([-–]\d{1,4})?)*,?")
LEAST_ENTRIES, RISING_SHARE, CATCHWORD_SHARE = 3, 0.9, 0.6
# Words of program code, and ends of its lines.
ASSIGNMENTS = frozenset({"=", ":=", "+=", "-=", "==", "<-", "&", "&&", "||"})
ENDINGS = ("\\\\", "{", "}", ";", "}%", "{%")
ASSIGNED_SHARE = 0.5
# Lines with the large numbers of a display: least ratio of heights, and least share of all lines.
LARGE, LARGE_SHARE = 1.6, 0.25


def is_listing(lines: Sequence[EntryLine], columns: int) -> bool:
    """Whether the lines are one of these kinds, with or without rules around them."""
    return (
        _is_numbered_contents(lines, columns)
        or leads_to_pages(lines)
        or _is_index(lines)
        or is_code([line.line for line in lines])
        or _shows_large_numbers(lines)
    )


def _is_numbered_contents(lines: Sequence[EntryLine], columns: int) -> bool:
    """Whether section numbers, titles and rising page numbers follow one another."""
    if columns != 3:
        return False
    full = [line for line in lines if len(line.entries) == 3]
    texts = [[entry.chunk.text.strip() for entry in line.entries] for line in full]
    sections = sum(bool(SECTION.fullmatch(first)) for first, _, _ in texts)
    pages = [int(last) for _, _, last in texts if last.isdecimal()]
    if len(pages) < LEAST_ENTRIES or min(2 * sections, len(pages) / RISING_SHARE) < len(full):
        return False
    rising = sum(before <= after for before, after in pairwise(pages))
    return rising >= RISING_SHARE * (len(pages) - 1)


def _is_index(lines: Sequence[EntryLine]) -> bool:
    texts = [entry.chunk.text for line in lines for entry in line.entries]
    words = sum(bool(CATCHWORD.fullmatch(text)) for text in texts)
    return words >= max(LEAST_ENTRIES, CATCHWORD_SHARE * len(texts))


def is_code(lines: Sequence[TextLine]) -> bool:
    """Whether most lines assign a value or have operators or line ends that cells lack."""
    written = sum(
        bool(ASSIGNMENTS.intersection(words := [token.word.text for token in line.tokens]))
        or words[-1].endswith(ENDINGS)
        for line in lines
    )
    return written >= max(LEAST_ENTRIES, ASSIGNED_SHARE * len(lines))


def _shows_large_numbers(lines: Sequence[EntryLine]) -> bool:
    """Whether enough lines are much higher than the lowest, with digits in every entry."""
    lowest = min(line.line.box.height for line in lines)
    large = [
        line
        for line in lines
        if line.line.box.height > LARGE * lowest
        and all(any(map(str.isdigit, entry.chunk.text)) for entry in line.entries)
        and all(token.box.height > LARGE * lowest for e in line.entries for token in e.chunk.tokens)
    ]
    return len(large) >= LARGE_SHARE * len(lines)
