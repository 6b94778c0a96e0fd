"""Grids of tables from white space, with or without rules between some of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.ocr.layout.tables.grid import Grid
from app.ocr.layout.tables.ruled.ruling import Segment

from .columns import columns_of, separators
from .entries import EntryLine, entry_lines
from .heading import heading_lines, heading_rows, heads_over_rules
from .lines import TextLine
from .rows import body_rows


@dataclass(frozen=True, slots=True)
class Stream:
    """A grid with the lines it was made from. heading: number of rows of its heading."""

    grid: Grid
    lines: tuple[EntryLine, ...]
    heading: int


def stream_grid(
    lines: Sequence[TextLine],
    rules: Sequence[Segment],
    unit: float,
    bounds: Sequence[float] | None = None,
    heading: int | None = None,
) -> Stream:
    """The grid of a region. rules: its horizontal ones. bounds: between columns, if known.

    heading: number of lines of the heading, if known.
    """
    lines = heads_over_rules(lines, rules, unit)
    if bounds is None:
        bounds = separators(columns_of(lines, unit))
    entries = entry_lines(lines, bounds, unit)
    count = len(bounds) + 1
    head = heading_lines(entries, count, rules) if heading is None else heading
    heads = heading_rows(entries[:head], rules)
    body = body_rows(entries[head:], count, rules, unit)
    rows = heads + [[head + number for number in row] for row in body]
    grid = _grid(entries, rows, bounds)
    _span(grid, entries, rows)
    _span_heading(grid, entries, rows[: len(heads)])
    return Stream(grid, tuple(entries), len(heads))


def _grid(
    lines: Sequence[EntryLine], rows: Sequence[Sequence[int]], bounds: Sequence[float]
) -> Grid:
    left = min(each.line.box.left for each in lines) - 1
    right = max(each.line.box.right for each in lines) + 1
    tops = [min(lines[number].line.box.top for number in row) for row in rows]
    bottoms = [max(lines[number].line.box.bottom for number in row) for row in rows]
    between = []
    for (above, below), (bottom, top) in zip(
        pairwise(rows), zip(bottoms, tops[1:], strict=False), strict=True
    ):
        middles = lines[above[-1]].line.middle, lines[below[0]].line.middle
        edge = (bottom + top) / 2
        between.append(edge if middles[0] < edge < middles[1] else sum(middles) / 2)
    return Grid.full([left, *bounds, right], [tops[0] - 1, *between, bottoms[-1] + 1])


def _span(grid: Grid, lines: Sequence[EntryLine], rows: Sequence[Sequence[int]]) -> None:
    for number, row in enumerate(rows):
        for entry in (entry for index in row for entry in lines[index].entries):
            for column in range(entry.first + 1, entry.last + 1):
                grid.down[number][column] = False


def _span_heading(grid: Grid, lines: Sequence[EntryLine], rows: Sequence[Sequence[int]]) -> None:
    """Joins a head whose lines continue beside both levels into one cell of both rows."""
    for number, (above, below) in enumerate(pairwise(rows), start=1):
        upper, lower = lines[above[-1]], lines[below[0]]
        for column in range(grid.columns):
            last, first = upper.entry_in(column), lower.entry_in(column)
            if last is None or first is None or last.spans or first.spans:
                continue
            grid.across[number][column] = False
