"""Tables of Document Intelligence: cells with their places, written as HTML in Markdown."""

from __future__ import annotations

from itertools import groupby

from app.compat.shared.table_headers import TableHeaders
from app.ocr.result import Block, Cell

from .document_format import cell_tag
from .document_lines import LineWriter
from .document_text import Window, span
from .view import Json, polygon


class TableWriter:
    """Writes tables. paragraphs: the document's; each cell with text adds one."""

    def __init__(self, lines: LineWriter, paragraphs: list[Json]) -> None:
        self.lines = lines
        self.text = lines.text
        self.paragraphs = paragraphs

    def write(self, block: Block) -> tuple[Json, list[Window]]:
        """Writes the table. Returns it and the places of its text."""
        cells: list[Json] = []
        headers = TableHeaders(block)
        opening = self._markup("<table>")
        for _, row in groupby(block.cells, lambda cell: cell.row):
            self._markup("\n<tr>\n")
            cells += [self._cell(cell, block, headers) for cell in row]
            self._markup("</tr>")
        closing = self._markup("\n</table>")
        windows = self._windows(opening, closing, cells)
        table = {
            "rowCount": max(cell.row + cell.row_span for cell in block.cells),
            "columnCount": max(cell.column + cell.column_span for cell in block.cells),
            "cells": cells,
            "boundingRegions": [self._region(block)],
            "spans": [span(windows)],
        }
        return table, windows

    def _cell(self, cell: Cell, block: Block, headers: TableHeaders) -> Json:
        before, after = cell_tag(cell)
        self._markup(before)
        if not self.lines.kind.structured:
            self.text.separate("\n")
        windows = self.lines.write(cell.lines, block)
        self._markup(f"{after}\n")
        return {
            **({"kind": "columnHeader"} if headers.names_column(cell) else {}),
            **({"kind": "rowHeader"} if headers.names_row(cell) else {}),
            "rowIndex": cell.row,
            "columnIndex": cell.column,
            **({"rowSpan": cell.row_span} if cell.row_span > 1 else {}),
            **({"columnSpan": cell.column_span} if cell.column_span > 1 else {}),
            "content": self.lines.content(cell.lines),
            "boundingRegions": [self._region(cell)],
            "spans": [span(windows)] if windows else [],
            **self._paragraph(cell, windows),
        }

    def _paragraph(self, cell: Cell, windows: list[Window]) -> Json:
        if not windows:
            return {}
        self.paragraphs.append(
            {
                "spans": [span(windows)],
                "boundingRegions": [self._region(cell)],
                "content": self.lines.content(cell.lines),
            }
        )
        return {"elements": [f"/paragraphs/{len(self.paragraphs) - 1}"]}

    def _markup(self, html: str) -> Window:
        return self.text.write(html if self.lines.kind.structured else "")

    def _windows(self, opening: Window, closing: Window, cells: list[Json]) -> list[Window]:
        """The opening and closing tag; without tags, the places of the cells."""
        if self.lines.kind.structured:
            return [opening, closing]
        places = [place for cell in cells for place in cell["spans"]]
        return [(at["offset"], at["offset"] + at["length"]) for at in places]

    def _region(self, part: Block | Cell) -> Json:
        sheet = self.lines.sheet
        return {"pageNumber": sheet.page.number, "polygon": polygon(sheet, part.bbox)}
