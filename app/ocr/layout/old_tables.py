"""Cells for tables that version 1 of the result tree stored as lines.

They can then be displayed, corrected and exported like all others; their headers are unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.ocr.result import Bbox, Block, Cell, Line, Word

from .cells import Cell as RowCell
from .cells import Row, places, rows, tables


def blocks_with_cells(block: Block, skew: float) -> Iterator[Block]:
    """A table of lines as tables of cells; the rows of one cell between them become text.

    skew: of the page, in degrees.
    """
    if block.kind != "table" or block.cells:
        yield block
        return
    for table in tables(rows(block.lines, skew)):
        if len(table[0]) > 1:
            yield Block.table(_cells(table))
        else:
            yield Block(tuple(_line([cell]) for cell in table[0]))


def _cells(table: Sequence[Row]) -> Iterator[Cell]:
    for number, row in enumerate(places(table)):
        height = Bbox.around(cell.bbox for cells in row for cell in cells)
        for column, cells in enumerate(row):
            lines = (_line(cells),) if cells else ()
            beside = Bbox(height.left, height.top, height.left, height.bottom)
            yield Cell(
                number, column, lines, Bbox.around(c.bbox for c in cells) if cells else beside
            )


def _line(cells: Sequence[RowCell]) -> Line:
    words: list[Word] = []
    for cell in cells:
        words += cell.words
        words[-1] = replace(words[-1], space_after=True)
    return Line(tuple(words), cells[0].direction)
