"""Drawn lines that separate text, without strokes of letters, and joined from their parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.ocr.layout.rows import MadeRows, Row, rows_of
from app.ocr.result import Bbox

from .fragments import Fragment

# Only this many lines, the longest, are considered: no text is separated by more.
MOST = 600
# A stroke of a letter lies in the text's box, or outside by at most this share of its height.
OUTSIDE = 0.15
# Parts of one line are at most this far apart, in type sizes.
NEAR = 0.5


@dataclass(frozen=True, slots=True)
class Rules:
    """Boxes of the vertical and the horizontal lines of a region.

    Zones of several lengths are tried that have columns and rows in common. Therefore it keeps the
    rows of each set of fragments, and each row, by the identities of the fragments.
    """

    down: Sequence[Bbox] = ()
    across: Sequence[Bbox] = ()
    _rows: dict[tuple[int, ...], list[Row]] = field(default_factory=dict)
    _made: MadeRows = field(default_factory=dict)

    def rows_of(self, texts: Sequence[Fragment]) -> list[Row]:
        """Rows of the texts from top to bottom."""
        key = tuple(map(id, texts))
        rows = self._rows.get(key)
        if rows is None:
            rows = self._rows[key] = rows_of(texts, self._made)
        return rows


def parting_rules(rules: Iterable[Bbox], texts: Sequence[Bbox], size: float) -> list[Bbox]:
    """Whole drawn lines outside text. rules, texts: boxes in one frame; size: of the type."""
    longest = sorted(rules, key=lambda rule: -max(rule.width, rule.height))[:MOST]
    free = _outside_text(longest, texts)
    across = _whole([rule for rule in free if rule.width >= rule.height], NEAR * size)
    down = [_transposed(rule) for rule in free if rule.width < rule.height]
    return [*across, *(_transposed(rule) for rule in _whole(down, NEAR * size))]


def _outside_text(rules: list[Bbox], texts: Sequence[Bbox]) -> list[Bbox]:
    if not rules or not texts:
        return rules
    left, top, right, bottom = np.array(texts, float).T
    margin = OUTSIDE * (bottom - top)
    lines = np.array(rules, float)[:, :, None]
    inside = (
        (lines[:, 0] >= left - margin)
        & (lines[:, 1] >= top - margin)
        & (lines[:, 2] <= right + margin)
        & (lines[:, 3] <= bottom + margin)
    ).any(axis=1)
    return [rule for rule, is_inside in zip(rules, inside, strict=True) if not is_inside]


def _whole(rules: list[Bbox], near: float) -> list[Bbox]:
    """Horizontal lines, with parts that continue each other joined."""
    result: list[Bbox] = []
    for rule in sorted(rules):
        start, middle = rule.left, rule.top + rule.bottom
        for at, other in enumerate(result):
            if start - other[2] <= near and abs(other[1] + other[3] - middle) <= near:
                result[at] = Bbox.around((other, rule))
                break
        else:
            result.append(rule)
    return result


def _transposed(box: Bbox) -> Bbox:
    return Bbox(box.top, box.left, box.bottom, box.right)
