"""Displayed equations and matrices, whose parts have gaps between them like cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .entries import EntryLine
from .lines import is_number

# Relation symbols. One as a word of its own separates the sides of an equation; cells have none.
RELATIONS = frozenset("=≈≠≤≥<>≡∼≃≅∝→⇒⇔↦≪≫∈⊂⊆") | {":=", "=:"}
# The number of an equation at the right margin: (7), (3.12), (A.4), (5b).
NUMBERED = re.compile(r"\((?:[A-Z]\.?|\d+\.){0,2}\d{1,3}[a-z]?\)")
# Least share of all lines, or of the numbered ones, with a relation symbol.
SHARE = 0.5
# A variable with its index, or a sum of these: neither a word nor an amount.
TERM = re.compile(
    r"[−–+-]?\(?[^\W\d_]{1,2}\d{1,3}(?:,\d+)?(?:\s*[−–+-]\s*[^\W\d_]{1,2}\d{1,3})*\)?"
)
ZEROS = frozenset({"0", "1", "⋮", "⋯", "…", "⋱", "..."})
TERMS_SHARE = 0.4
# More lines of numbers alone are a table that goes on from a page before.
MOST_LINES = 6


def are_equations(lines: Sequence[EntryLine]) -> bool:
    """Whether the lines are equations below each other, or the rows of a matrix."""
    if sum(map(_is_related, lines)) >= SHARE * len(lines):
        return True
    numbered = [line for line in lines if NUMBERED.fullmatch(line.entries[-1].chunk.text)]
    related = sum(map(_is_related, numbered))
    return (related > 0 and related >= SHARE * len(numbered)) or _is_matrix(lines)


def _is_related(line: EntryLine) -> bool:
    return any(
        token.word.text in RELATIONS for entry in line.entries for token in entry.chunk.tokens
    )


def _is_matrix(lines: Sequence[EntryLine]) -> bool:
    """Whether there are only variables, zeros and ones, or a few lines of numbers, without labels
    except "A ="."""
    texts = [entry.chunk.text for line in lines for entry in line.entries]
    labels = [text for text in texts if not is_number(text)]
    if (len(labels) == 1 and labels[0].endswith("=")) or (not labels and len(lines) <= MOST_LINES):
        return True
    terms = sum(bool(TERM.fullmatch(text)) for text in texts)
    return terms >= TERMS_SHARE * len(texts) and all(
        text in ZEROS or TERM.fullmatch(text) for text in texts
    )
