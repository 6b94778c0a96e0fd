"""Staves of sheet music, whose five lines are not rules of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.ocr.result import Bbox

from .drawings import widened
from .ruling import Ruling, Segment

LINES = 5
# In heights of a line of text: largest distance of two lines of a stave, and largest difference
# between their ends.
CLOSE, SAME_END = 0.9, 1.5
# How far lyrics and chords are from a stave, in heights of a line.
LYRICS = 3.0
# Largest difference between the distances of a stave's lines, as a share of their mean.
UNEVEN = 0.25


def staves(ruling: Ruling, unit: float) -> list[Bbox]:
    """Boxes of exactly five long rules at equal distances that are too close for text between."""
    found: list[Bbox] = []
    for group in _close(ruling.horizontal, unit):
        if len(group) == LINES and _is_even(group, unit):
            left, right = min(rule.start for rule in group), max(rule.end for rule in group)
            found.append(Bbox(*map(round, (left, group[0].at, right, group[-1].at))))
    return found


def _close(rules: Sequence[Segment], unit: float) -> list[list[Segment]]:
    """Runs of rules that are close to the next one. rules: from top to bottom."""
    runs: list[list[Segment]] = []
    for rule in rules:
        if runs and rule.at - runs[-1][-1].at <= CLOSE * unit:
            runs[-1].append(rule)
        else:
            runs.append([rule])
    return runs


def with_lyrics(found: Sequence[Bbox], unit: float) -> list[Bbox]:
    """The staves with the words above and below them."""
    return [widened(stave, LYRICS * unit) for stave in found]


def without_staves(ruling: Ruling, found: Sequence[Bbox]) -> Ruling:
    def is_free(rule: Segment) -> bool:
        return not any(box.top - 1 <= rule.at <= box.bottom + 1 for box in found)

    return Ruling(tuple(filter(is_free, ruling.horizontal)), ruling.vertical)


def _is_even(group: Sequence[Segment], unit: float) -> bool:
    gaps = [lower.at - upper.at for upper, lower in pairwise(group)]
    if max(gaps) - min(gaps) > UNEVEN * sum(gaps) / len(gaps):
        return False
    starts, ends = [rule.start for rule in group], [rule.end for rule in group]
    return max(max(starts) - min(starts), max(ends) - min(ends)) <= SAME_END * unit
