"""Numbered lists side by side, such as questions of a form, distinguished from rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.ocr.layout.kinds.lists import marker_of
from app.ocr.layout.rows import Row

FEWEST_ITEMS = 2
# Markers of one list are at most this many type sizes from its left edge.
AT_EDGE = 1.0


def are_lists(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether the items of both columns are numbered consecutively downwards.

    Items numbered row by row, like answers to choose from, skip numbers within a column.
    """
    return _is_numbered(left) and _is_numbered(right)


def _is_numbered(rows: Sequence[Row]) -> bool:
    edge = min(row.box.left for row in rows)
    markers = [
        marker
        for row in rows
        if row.box.left - edge <= AT_EDGE * row.size and (marker := marker_of(row))
    ]
    values = [marker.value for marker in markers if marker.value is not None]
    if len(values) < FEWEST_ITEMS or len(values) < len(markers):
        return False
    return all(after == before + 1 for before, after in pairwise(values))
