"""Staves of sheet music, whose five lines are not rules of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.ocr.result import Bbox

from .ruling import Ruling, Segment

LINES = 5
# In heights of a line of text: largest distance of two lines of a stave, and largest difference
# between their ends.
CLOSE, SAME_END = 0.9, 1.5
# Largest difference between the distances of a stave's lines, as a share of their mean.
UNEVEN = 0.25


def staves(ruling: Ruling, unit: float) -> list[Bbox]:
    """Boxes of five long rules at equal distances that are too close for text between them."""
    rules = ruling.horizontal
    found: list[Bbox] = []
    for first in range(len(rules) - LINES + 1):
        group = rules[first : first + LINES]
        if _is_stave(group, unit):
            ends = min(rule.start for rule in group), max(rule.end for rule in group)
            heights = group[0].at, group[-1].at
            found.append(Bbox(*map(round, (ends[0], heights[0], ends[1], heights[1]))))
    return found


def without_staves(ruling: Ruling, found: Sequence[Bbox]) -> Ruling:
    def is_free(rule: Segment) -> bool:
        return not any(box.top - 1 <= rule.at <= box.bottom + 1 for box in found)

    return Ruling(tuple(filter(is_free, ruling.horizontal)), ruling.vertical)


def _is_stave(group: Sequence[Segment], unit: float) -> bool:
    gaps = [lower.at - upper.at for upper, lower in pairwise(group)]
    mean = sum(gaps) / len(gaps)
    if mean > CLOSE * unit or max(gaps) - min(gaps) > UNEVEN * mean:
        return False
    starts, ends = [rule.start for rule in group], [rule.end for rule in group]
    return max(max(starts) - min(starts), max(ends) - min(ends)) <= SAME_END * unit
