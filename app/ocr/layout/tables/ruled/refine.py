"""Undrawn rows and columns of a ruled grid, found by white space within its fields."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from app.ocr.layout.tables.grid import Grid
from app.ocr.layout.tables.tokens import Token, within
from app.ocr.layout.tables.unruled.columns import columns_of, separators
from app.ocr.layout.tables.unruled.entries import EntryLine, entry_lines, numeric_columns
from app.ocr.layout.tables.unruled.heading import heading_rows
from app.ocr.layout.tables.unruled.lines import TextLine, line_groups, text_lines
from app.ocr.layout.tables.unruled.stream import stream_grid

from .entry_rows import column_of_entries, entry_rows
from .lattice import SAME_BOUNDARY, covered

# A boundary drawn in at least this share of the rows merges fields where it is missing.
DRAWN_SHARE = 0.5
# At least this many rows of numbers between two rules are rows without rules.
STACKED_NUMBERS = 3
# A column is cut if at least this number and this share of its lines have a gap.
LEAST_SPLIT, SPLIT_SHARE = 3, 0.6


def refined(grid: Grid, tokens: Sequence[Token], unit: float) -> Grid:
    """The grid with its undrawn rows, columns and borders.

    tokens: from top to bottom; unit: height of a line.
    """
    inside = within(tokens, (grid.xs[0], grid.xs[-1]), (grid.ys[0], grid.ys[-1]))
    if not inside:
        return grid
    grid = _with_columns(grid, inside, unit)
    bands = _bands(grid, inside)
    whole = _with_rows(grid, bands, unit)
    _soften(whole, bands if whole is grid else _bands(whole, inside), unit)
    return whole


def _bands(grid: Grid, tokens: Sequence[Token]) -> list[list[TextLine]]:
    """Text lines of each row of the grid."""
    rows: list[list[Token]] = [[] for _ in range(grid.rows)]
    for token in tokens:
        row = min(grid.rows - 1, max(0, bisect_right(grid.ys, token.middle) - 1))
        rows[row].append(token)
    return [text_lines(row) for row in rows]


def _soften(grid: Grid, bands: Sequence[Sequence[TextLine]], unit: float) -> None:
    """Add undrawn borders between columns that no text crosses.

    Where a border that most rows have is missing, fields are merged, unless they hold two texts.
    """
    bounds = grid.xs[1:-1]
    drawn = [
        sum(borders[column] for borders in grid.down) >= DRAWN_SHARE * grid.rows
        for column in range(grid.columns)
    ]
    for row, lines in enumerate(bands):
        merged = _merged_runs(grid.down[row])
        if not merged:
            continue
        entries = entry_lines(lines, bounds, unit)
        crossed = {
            column
            for line in entries
            for entry in line.entries
            for column in range(entry.first + 1, entry.last + 1)
        }
        filled = {column for line in entries for column in line.columns}
        for start, end in merged:
            texts = len(filled & set(range(start, end))) > 1
            for column in range(start + 1, end):
                if column not in crossed and (texts or not drawn[column]):
                    grid.down[row][column] = True


def _merged_runs(borders: Sequence[bool]) -> list[tuple[int, int]]:
    """Runs of two columns or more without a border between, end exclusive."""
    starts = [0] + [column for column in range(1, len(borders)) if borders[column]]
    runs = pairwise([*starts, len(borders)])
    return [(start, end) for start, end in runs if end > start + 1]


def _with_columns(grid: Grid, tokens: Sequence[Token], unit: float) -> Grid:
    """The grid with columns cut in which most lines have the same gap."""
    words = line_groups(tokens)
    added = []
    for start, end in pairwise(grid.xs):
        parts = [part for line in words if (part := _between(line, start, end, unit))]
        several = sum(len(part) > 1 for part in parts)
        if several < LEAST_SPLIT or several < SPLIT_SHARE * len(parts):
            continue
        inner = [TextLine.of(part) for part in parts]
        many = sum(len(line.chunks) > 1 for line in inner)
        if many < LEAST_SPLIT or many < SPLIT_SHARE * len(inner):
            continue
        columns = [
            column for column in columns_of(inner, unit) if len(column.lines) >= 0.5 * len(inner)
        ]
        added += separators(columns)
    return _cut_columns(grid, added) if added else grid


def _between(line: Sequence[Token], start: float, end: float, unit: float) -> list[Token]:
    """Words of a line in a column that do not extend far beyond it."""
    return [
        token
        for token in line
        if start < token.centre < end
        and start - unit < token.box.left
        and token.box.right < end + unit
    ]


def _cut_columns(grid: Grid, added: Sequence[float]) -> Grid:
    xs = sorted([*grid.xs, *added])
    source = [bisect_right(grid.xs, (a + b) / 2) - 1 for a, b in pairwise(xs)]
    across = [[row[column] for column in source] for row in grid.across]
    down = [
        [
            number > 0 and xs[number] not in added and row[column]
            for number, column in enumerate(source)
        ]
        for row in grid.down
    ]
    return Grid(xs, list(grid.ys), across, down, grid.walls)


def _with_rows(grid: Grid, bands: Sequence[Sequence[TextLine]], unit: float) -> Grid:
    """The grid with rows cut that hold several rows of text; the same object if none does."""
    ys, across, source = [grid.ys[0]], [], []
    bounds = grid.xs[1:-1]
    entries = [entry_lines(lines, bounds, unit) if len(lines) > 1 else [] for lines in bands]
    column = column_of_entries(entries[1:], grid.columns, unit)
    for row, lines in enumerate(bands):
        across.append(grid.across[row])
        source.append(row)
        rows = _rows_of_band(row, lines, entries[row], grid, unit)
        if rows is None and row and column is not None:
            rows = entry_rows(grid, row, entries[row], column)
        if rows is not None:
            ys += rows.ys[1:-1]
            across += rows.across[1:]
            source += [row] * (rows.rows - 1)
        ys.append(grid.ys[row + 1])
    if len(source) == grid.rows:
        return grid
    down = [
        grid.down[row] if source.count(row) == 1 else _walls_beside(grid, (top, bottom), unit)
        for row, (top, bottom) in zip(source, pairwise(ys), strict=True)
    ]
    return Grid(list(grid.xs), ys, across, down, grid.walls)


def _rows_of_band(
    row: int, lines: Sequence[TextLine], entries: Sequence[EntryLine], grid: Grid, unit: float
) -> Grid | None:
    """The rows of a band of stacked numbers, or the levels of the heading."""
    if len(lines) < 2 or (row and len(lines) < STACKED_NUMBERS):
        return None
    bounds = grid.xs[1:-1]
    if len(lines) >= STACKED_NUMBERS and _is_stacked(entries, grid.columns):
        return stream_grid(lines, (), unit, bounds, heading=0).grid
    if not row and len(heading_rows(entries, ())) > 1:
        return stream_grid(lines, (), unit, bounds, heading=len(lines)).grid
    return None


def _walls_beside(grid: Grid, side: tuple[float, float], unit: float) -> list[bool]:
    near = SAME_BOUNDARY * unit
    return [covered(grid.walls, x, side, near) for x in grid.xs[:-1]]


def _is_stacked(lines: Sequence[EntryLine], columns: int) -> bool:
    """Whether there are numbers below each other, which is not wrapped text."""
    numeric = numeric_columns(lines, columns, 0.7)
    stacked = [line for line in lines if line.numbers & numeric and len(line.columns) > 1]
    return len(stacked) >= STACKED_NUMBERS
