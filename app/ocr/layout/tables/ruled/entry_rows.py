"""Rows without rules between them, in grids where only columns or groups of rows are ruled.

A column whose texts have white between them, each beside the first line of a text in another
column, has an entry for each row; the other texts wrap.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.ocr.layout.tables.grid import Grid
from app.ocr.layout.tables.unruled.entries import EntryLine

# Least entries between two rules, and how many of them have white below: few entries with much
# white, or more with some.
PROVING = ((3, 2), (4, 1))
# In heights of a line.
WHITE = 0.9


def column_of_entries(
    bands: Sequence[Sequence[EntryLine]], columns: int, unit: float
) -> int | None:
    """First column that has an entry for each row, proven between at least one pair of rules.

    bands: the lines between rules, without the heading. unit: height of a line.
    """
    for column in range(columns - 1):
        for lines in bands:
            starts = _starts(lines, column)
            gaps = _gaps(lines, starts, column, unit)
            if any(len(starts) >= entries and gaps >= white for entries, white in PROVING):
                return column
    return None


def _gaps(lines: Sequence[EntryLine], starts: Sequence[int], column: int, unit: float) -> int:
    """How many of the entries have white below them, beside which another text continues."""
    entries = [lines[number].entry_in(column) for number in starts]
    boxes = [entry.chunk.box for entry in entries if entry]
    return sum(
        below > above + 1 and lower.top - upper.bottom >= WHITE * unit
        for (above, below), (upper, lower) in zip(pairwise(starts), pairwise(boxes), strict=True)
    )


def _starts(lines: Sequence[EntryLine], column: int) -> list[int]:
    """Numbers of the lines in which rows begin; empty if these are not rows."""
    starts = [number for number, line in enumerate(lines) if column in line.columns]
    if len(starts) < 2 or starts[0]:
        return []
    whole = all(_is_row(lines[number], column) for number in starts)
    return starts if whole else []


def _is_row(line: EntryLine, column: int) -> bool:
    """Whether the line has a text in only this column, and one to its right."""
    entry = line.entry_in(column)
    return entry is not None and not entry.spans and max(line.columns) > column


def entry_rows(grid: Grid, row: int, lines: Sequence[EntryLine], column: int) -> Grid | None:
    """The rows of one band. Cells left of the column continue where no text begins."""
    starts = _starts(lines, column)
    if not starts:
        return None
    ys = [grid.ys[row]]
    across = [grid.across[row]]
    ends = [*starts[1:], len(lines)]
    for start, end in zip(starts[1:], ends[1:], strict=True):
        ys.append((lines[start - 1].line.middle + lines[start].line.middle) / 2)
        begun = set().union(*(line.columns for line in lines[start:end]))
        across.append([at >= column or at in begun for at in range(grid.columns)])
    ys.append(grid.ys[row + 1])
    return Grid(list(grid.xs), ys, across, [list(grid.down[row]) for _ in across])
