"""Rows of a table that name its columns, which vendors mark apart from cells that name a row."""

from __future__ import annotations

from app.exports.base import ExportOptions
from app.exports.content.tables import block_table
from app.ocr.result import Block, Cell


class TableHeaders:
    """Headers below the rows at the top whose cells with text are all headers name their row."""

    def __init__(self, block: Block) -> None:
        self.rows = block_table(block, ExportOptions()).header_rows

    def names_column(self, cell: Cell) -> bool:
        return cell.header and cell.row < self.rows

    def names_row(self, cell: Cell) -> bool:
        return cell.header and cell.row >= self.rows
