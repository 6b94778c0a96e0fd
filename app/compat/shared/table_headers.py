"""Column and row headers of a table, which vendors mark differently."""

from __future__ import annotations

from app.exports.base import ExportOptions
from app.exports.content.tables import block_table
from app.ocr.result import Block, Cell


class TableHeaders:
    """Header cells name columns in the header rows at the top, and name their row below those."""

    def __init__(self, block: Block) -> None:
        self.rows = block_table(block, ExportOptions()).header_rows

    def names_column(self, cell: Cell) -> bool:
        return cell.header and cell.row < self.rows

    def names_row(self, cell: Cell) -> bool:
        return cell.header and cell.row >= self.rows
