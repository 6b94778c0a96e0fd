"""A page from top to bottom: rows of text that is side by side, and tables with cells."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence

from app.exports.base import ExportOptions
from app.ocr.layout.cells import Row, aligned, display_width, rows
from app.ocr.result import Block

from .tables import Table, TableCell, block_table, numeric_columns

# Spaces between the columns of a table.
APART = 2


def visual_parts(blocks: Sequence[Block], skew: float) -> Iterator[list[Row] | Block]:
    """Tables, and lists of all rows between two tables."""
    others = [line for block in blocks if not block.cells for line in block.lines]
    waiting = rows(others, skew)
    for table in sorted((block for block in blocks if block.cells), key=lambda b: _top(b, skew)):
        top = _top(table, skew)
        above = [row for row in waiting if _middle(row) < top]
        waiting = [row for row in waiting if _middle(row) >= top]
        if above:
            yield above
        yield table
    if waiting:
        yield waiting


def visual_text(blocks: Sequence[Block], skew: float) -> Iterator[str]:
    """Lines of text whose columns are aligned by spaces."""
    for part in visual_parts(blocks, skew):
        if isinstance(part, Block):
            yield from aligned_table(block_table(part, ExportOptions()))
        else:
            yield from aligned(part)


def aligned_table(table: Table) -> Iterator[str]:
    """Lines of the table; columns of numbers are right-aligned."""
    widths = _column_widths(table)
    right = numeric_columns(table)
    for cells in table.rows:
        for index in range(max((len(cell.lines) for cell in cells), default=0)):
            yield _aligned_line(cells, index, widths, right)


def _aligned_line(
    cells: Sequence[TableCell], index: int, widths: Sequence[int], right: set[int]
) -> str:
    text, used = "", 0
    for cell in cells:
        if index >= len(cell.lines):
            continue
        line = cell.lines[index]
        start = sum(widths[: cell.column]) + APART * cell.column
        if cell.column in right and not cell.header and cell.column_span == 1:
            start += widths[cell.column] - _width(line)
        pad = max(start - used, APART if text else 0)
        text += " " * pad + line
        used += pad + _width(line)
    return text


def _column_widths(table: Table) -> list[int]:
    """Widths in characters of a fixed-width font; narrow cells determine them first."""
    widths = [0] * table.width
    for cell in sorted(table.cells, key=lambda cell: cell.column_span):
        last = cell.column + cell.column_span - 1
        room = sum(widths[cell.column : last]) + APART * (cell.column_span - 1)
        needed = max(map(_width, cell.lines), default=0)
        widths[last] = max(widths[last], needed - room)
    return widths


def _width(text: str) -> int:
    return display_width(text) if text else 0


def _middle(row: Row) -> float:
    return statistics.fmean(cell.middle for cell in row)


def _top(block: Block, skew: float) -> float:
    """Top of the block with the page's skew removed, as in the middles of rows."""
    left, top, right, _ = block.bbox
    return top - math.tan(math.radians(skew)) * (left + right) / 2
