"""Tables of two columns without rules: names with amounts, labels with values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .entries import Entry, EntryLine
from .lines import is_number

# Amounts have a currency, a point or a percent sign; page numbers do not.
AMOUNT = re.compile(r"[€$£¥%]|\d[.,'’\s]\d|\b[A-Z]{3}\s?\d|\d\s?[A-Z]{3}\b")
# Least number of rows with amounts, with labels and values that differ in style or digits, and
# with others.
AMOUNTS, TOLD, PLAIN = 4, 4, 8
# Least shares of lines that are rows, of cells at one edge, and of values of one kind.
FULL_SHARE, ALIGNED_SHARE, KIND_SHARE = 0.8, 0.9, 0.8
# In heights of a line: least white between the columns, and largest deviation of cells at one edge.
GAP, EDGE = 1.5, 0.5
# Most words of a label, and of a value.
LABEL_WORDS, VALUE_WORDS = 6, 12
# Largest deviation from the usual row distance, and least share of rows within it; larger distances
# separate groups of rows.
EVEN, EVEN_SHARE = 0.2, 0.6


def are_pairs(lines: Sequence[EntryLine], unit: float) -> bool:
    """Whether the lines are such a table. lines: of two columns, not those of a list or a form."""
    full = [line for line in lines if len(line.entries) == 2]
    if len(full) < TOLD or len(full) < FULL_SHARE * len(lines):
        return False
    labels, values = [line.entries[0] for line in full], [line.entries[1] for line in full]
    if not (_are_apart(labels, values, unit) and _are_short(labels, values)):
        return False
    if not (_have_one_edge(labels, unit, left=True) and _are_even(full)):
        return False
    if not any(_have_one_edge(values, unit, left=left) for left in (True, False)):
        return False
    least = TOLD if _are_amounts(values) or _are_told(labels, values) else PLAIN
    return len(full) >= least


def _are_apart(labels: Sequence[Entry], values: Sequence[Entry], unit: float) -> bool:
    right = max(entry.chunk.box.right for entry in labels)
    return min(entry.chunk.box.left for entry in values) - right >= GAP * unit


def _are_short(labels: Sequence[Entry], values: Sequence[Entry]) -> bool:
    return all(len(entry.chunk.tokens) <= LABEL_WORDS for entry in labels) and all(
        len(entry.chunk.tokens) <= VALUE_WORDS for entry in values
    )


def _have_one_edge(entries: Sequence[Entry], unit: float, *, left: bool) -> bool:
    boxes = [entry.chunk.box for entry in entries]
    edges = sorted(box.left if left else box.right for box in boxes)
    middle = edges[len(edges) // 2]
    near = sum(abs(edge - middle) <= EDGE * unit for edge in edges)
    return near >= ALIGNED_SHARE * len(edges)


def _are_even(lines: Sequence[EntryLine]) -> bool:
    steps = sorted(below.line.middle - above.line.middle for above, below in pairwise(lines))
    usual = steps[len(steps) // 2]
    return sum(abs(step - usual) <= EVEN * usual for step in steps) >= EVEN_SHARE * len(steps)


def _are_amounts(values: Sequence[Entry]) -> bool:
    texts = [entry.chunk.text for entry in values]
    amounts = sum(is_number(text) and bool(AMOUNT.search(text)) for text in texts)
    return amounts >= KIND_SHARE * len(texts)


def _are_told(labels: Sequence[Entry], values: Sequence[Entry]) -> bool:
    """Whether labels are bold and most values not, or most values have digits and labels none."""
    bold = [all(token.bold for token in entry.chunk.tokens) for entry in labels]
    plain = [not any(token.bold for token in entry.chunk.tokens) for entry in values]
    if all(bold) and sum(plain) >= KIND_SHARE * len(plain):
        return True
    numbered = sum(_has_digit(entry) for entry in values)
    return numbered >= KIND_SHARE * len(values) and not any(map(_has_digit, labels))


def _has_digit(entry: Entry) -> bool:
    return any(map(str.isdigit, entry.chunk.text))
