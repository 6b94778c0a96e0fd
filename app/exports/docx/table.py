"""Tables in Word: merged cells, and header rows that repeat on each page."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from app.exports.content.tables import Table, TableCell

STYLE = "Table Grid"
# Word opens no table with more columns.
MOST_COLUMNS = 63


def table_paragraphs(word: WordDocument, table: Table) -> Iterator[tuple[WordParagraph, TableCell]]:
    """Adds a table with an empty paragraph for each cell, without cells beyond Word's limit.

    Builds cells directly, since python-docx searches all cells of a table for each one.
    """
    grid = word.add_table(rows=0, cols=min(table.width, MOST_COLUMNS))
    grid.style = STYLE
    if table.direction == "rtl":
        grid.table_direction = True
    heads = table.header_rows
    for index, cells in enumerate(_rows(table)):
        row = _add_row(grid._tbl, header=index < heads)
        for cell in cells:
            tc = _add_cell(row, index, cell)
            if cell.row == index:
                yield _Cell(tc, grid).paragraphs[0], cell
    _separate(word, grid)


def _rows(table: Table) -> list[list[TableCell]]:
    """Cells that cover each row, including those that begin above it, from left to right."""
    rows: list[list[TableCell]] = [[] for _ in range(table.height)]
    for cell in table.cells:
        if cell.column + cell.column_span <= MOST_COLUMNS:
            for row in range(cell.row, cell.row + cell.row_span):
                rows[row].append(cell)
    return [sorted(cells, key=lambda cell: cell.column) for cells in rows]


def _add_row(table: CT_Tbl, *, header: bool) -> CT_Row:
    row: CT_Row = table.add_tr()
    if header:
        row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return row


def _add_cell(row: CT_Row, index: int, cell: TableCell) -> CT_Tc:
    tc = CT_Tc.new()
    row.append(tc)
    if cell.column_span > 1:
        tc.grid_span = cell.column_span
    if cell.row_span > 1:
        tc.vMerge = "restart" if cell.row == index else "continue"
    return tc


def _separate(word: WordDocument, grid: WordTable) -> None:
    """Puts a paragraph before the table if it follows another: Word would join the two."""
    before = grid._tbl.getprevious()
    if before is not None and before.tag == qn("w:tbl"):
        grid._tbl.addprevious(word.add_paragraph()._p)
