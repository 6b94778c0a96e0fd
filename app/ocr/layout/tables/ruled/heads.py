"""Column heads right above a ruled grid that has none inside."""

from __future__ import annotations

from collections.abc import Sequence

from app.ocr.layout.tables.filling import Filled
from app.ocr.layout.tables.grid import Grid
from app.ocr.layout.tables.headers import header_fields
from app.ocr.layout.tables.tokens import Token
from app.ocr.layout.tables.unruled.entries import EntryLine, entry_lines
from app.ocr.layout.tables.unruled.lines import is_number, text_lines
from app.ocr.layout.tables.unruled.runs import HEAD_LINES, heading_above
from app.ocr.layout.tables.unruled.stream import stream_grid

# Least share of the columns that have a head.
HEADED_SHARE = 0.7
# In heights of a line: how far heads may extend beyond the sides, and are searched for above.
OVERHANG = 1.0
REACH = 1.6 * HEAD_LINES


def with_heads(filled: Filled, tokens: Sequence[Token], unit: float) -> tuple[Grid, int]:
    """The grid with the rows of the heads above it, and the number of these rows.

    tokens: those of the page that are not yet in a table.
    """
    grid = filled.grid
    if grid.columns < 2 or grid.rows < 2 or _has_heading(filled):
        return grid, 0
    left, right, top = grid.xs[0] - OVERHANG * unit, grid.xs[-1] + OVERHANG * unit, grid.ys[0]
    above = [
        token
        for token in tokens
        if left <= token.box.left
        and token.box.right <= right
        and top - REACH * unit < token.middle < top
    ]
    heads = heading_above(text_lines(above), text_lines(filled.all_tokens)[:1], top, unit)
    bounds = grid.xs[1:-1]
    entries = entry_lines(heads, bounds, unit)
    if not entries or not _are_heads(entries, grid.columns):
        return grid, 0
    stream = stream_grid(heads, (), unit, bounds, heading=len(heads))
    return _stacked(stream.grid, grid), stream.grid.rows


def _has_heading(filled: Filled) -> bool:
    headers = header_fields(filled)
    return any(
        filled.fields[number].row == 0 and filled.fields[number].column for number in headers
    )


def _are_heads(entries: Sequence[EntryLine], columns: int) -> bool:
    """Whether most columns have a text of their own, and few of the texts are numbers."""
    last = entries[-1]
    single = {entry.first for line in entries for entry in line.entries if not entry.spans}
    numbers = sum(is_number(entry.chunk.text) for line in entries for entry in line.entries)
    count = sum(len(line.entries) for line in entries)
    enough = len(single) >= max(2, HEADED_SHARE * columns) and len(last.entries) > 1
    return enough and 3 * numbers <= count


def _stacked(heads: Grid, grid: Grid) -> Grid:
    ys = [*heads.ys[:-1], *grid.ys]
    across = [*heads.across, [True] * grid.columns, *grid.across[1:]]
    return Grid(list(grid.xs), ys, across, [*heads.down, *grid.down], grid.walls)
