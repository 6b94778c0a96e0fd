"""A page as what word processors and the web know: headings, paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.ocr.layout.cells import Row, grid, rows, tables
from app.ocr.result import Page

from .base import ExportOptions
from .paragraphs import Paragraph, block_paragraph


@dataclass(frozen=True, slots=True)
class Table:
    """As many cells in every row; direction: of the first cell that has text."""

    rows: list[list[str]]
    direction: str


def page_content(page: Page, options: ExportOptions) -> Iterator[Paragraph | Table]:
    """In reading order; with layout "table" from top to bottom, whatever blocks there are."""
    if options.layout == "table":
        yield from _table_content(rows(page.lines, page.skew))
        return
    for block in page.blocks:
        if block.kind == "table":
            yield from _table_content(rows(block.lines, page.skew))
        elif (paragraph := block_paragraph(block, options)).lines:
            yield from _laid_out(paragraph, options)


def _laid_out(paragraph: Paragraph, options: ExportOptions) -> Iterator[Paragraph]:
    if options.layout != "lines":
        yield paragraph
        return
    for line in paragraph.lines:
        yield Paragraph(paragraph.kind, paragraph.direction, (line,))


def _table_content(all_rows: list[Row]) -> Iterator[Paragraph | Table]:
    for table in tables(all_rows):
        first = table[0][0]
        if len(table[0]) > 1:
            yield Table(grid(table), first.direction)
        else:
            yield Paragraph("text", first.direction, (first.text,))
