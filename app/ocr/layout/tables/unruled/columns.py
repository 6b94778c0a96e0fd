"""Columns of a table without vertical rules, from the positions of its chunks of text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .lines import Chunk, TextLine

# In heights of a line: the overlap that columns and chunks may have by chance.
TOUCH = 0.2
# A column in at most this share of the lines may be a part of its neighbour.
SPARSE_SHARE = 0.25
# With more columns it is noise, not a table.
MOST_COLUMNS = 80


@dataclass(slots=True)
class Column:
    """left, right: of the chunks in this column only; lines: numbers of the lines with these."""

    left: float
    right: float
    lines: set[int] = field(default_factory=set)


def columns_of(lines: Sequence[TextLine], unit: float) -> list[Column]:
    """Columns from left to right; none if there are too many.

    Narrow chunks make the columns, wide ones widen the column they touch. A chunk that touches two
    is a cell that spans both, unless these rarely have separate chunks on one line.
    """
    columns: list[Column] = []
    wide: list[tuple[int, Chunk]] = []
    numbered = [(number, chunk) for number, line in enumerate(lines) for chunk in line.chunks]
    for number, chunk in sorted(numbered, key=lambda each: each[1].box.width):
        touched = _touched(columns, chunk, unit)
        if len(touched) > 1:
            wide.append((number, chunk))
        elif touched:
            _widen(touched[0], number, chunk)
        else:
            columns.append(Column(chunk.box.left, chunk.box.right, {number}))
        if len(columns) > MOST_COLUMNS:
            return []
    columns.sort(key=lambda column: column.left)
    return _sparse_joined(_joined(columns, wide, unit), len(lines), unit)


def separators(columns: Sequence[Column]) -> list[float]:
    """Middles of the white between neighbouring columns."""
    return [(left.right + right.left) / 2 for left, right in pairwise(columns)]


def _touched(columns: Sequence[Column], chunk: Chunk, unit: float) -> list[Column]:
    left, _, right, _ = chunk.box
    return [
        column
        for column in columns
        if column.left < right
        and left < column.right
        and min(column.right, right) - max(column.left, left)
        > min(TOUCH * unit, 0.5 * (column.right - column.left))
    ]


def _widen(column: Column, number: int, chunk: Chunk) -> None:
    column.left = min(column.left, chunk.box.left)
    column.right = max(column.right, chunk.box.right)
    column.lines.add(number)


def _joined(columns: list[Column], wide: Sequence[tuple[int, Chunk]], unit: float) -> list[Column]:
    """Joins neighbours if more chunks cover both than lines have separate chunks in them."""
    bridges: Counter[int] = Counter()
    for _, chunk in wide:
        touched = [columns.index(column) for column in _touched(columns, chunk, unit)]
        bridges.update(range(min(touched), max(touched)))
    result: list[Column] = []
    for index, column in enumerate(columns):
        if result and bridges[index - 1] > len(result[-1].lines & column.lines):
            _merge(result[-1], column)
        else:
            result.append(column)
    return result


def _sparse_joined(columns: list[Column], count: int, unit: float) -> list[Column]:
    """Joins sparse columns (indented or centred texts) with a neighbour never beside them."""
    few = max(2.0, SPARSE_SHARE * count)
    columns = [column for at, column in enumerate(columns) if not _is_head_of_two(columns, at, few)]
    while True:
        pairs = [
            (right.left - left.right, index)
            for index, (left, right) in enumerate(pairwise(columns))
            if not left.lines & right.lines and min(len(left.lines), len(right.lines)) <= few
        ]
        if not pairs:
            return columns
        _, index = min(pairs)
        _merge(columns[index], columns.pop(index + 1))


def _is_head_of_two(columns: Sequence[Column], at: int, few: float) -> bool:
    """Whether it is a head above the middle of two columns that touches neither."""
    if not 0 < at < len(columns) - 1:
        return False
    left, head, right = columns[at - 1 : at + 2]
    below = left.lines & right.lines
    if len(head.lines) > few or len(below) <= len(head.lines) or max(head.lines) > min(below):
        return False
    middle, between = (head.left + head.right) / 2, (left.right + right.left) / 2
    return abs(middle - between) <= 0.2 * (right.left - left.right)


def _merge(column: Column, other: Column) -> None:
    column.left, column.right = min(column.left, other.left), max(column.right, other.right)
    column.lines |= other.lines


def span_of(box_left: float, box_right: float, bounds: Sequence[float]) -> tuple[int, int]:
    """First and last column that holds a good part of a box. bounds: between columns."""
    first, last = bisect_right(bounds, box_left), bisect_left(bounds, box_right)
    edges = [box_left, *bounds[first:last], box_right]
    least = 0.12 * (box_right - box_left)
    held = [
        first + index for index, (left, right) in enumerate(pairwise(edges)) if right - left > least
    ]
    if held:
        return held[0], held[-1]
    nearest = bisect_right(bounds, (box_left + box_right) / 2)
    return nearest, nearest
