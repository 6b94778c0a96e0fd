"""A page in terms of word processors and the web: headings, paragraphs, lists, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.exports.base import ExportOptions
from app.ocr.layout.cells import Row, grid, rows, tables
from app.ocr.layout.figures import Figure, caption_of, in_reading_order
from app.ocr.result import FURNITURE, Block, Page

from .lists import ItemList, list_items
from .paragraphs import Paragraph, block_paragraph
from .tables import Table, block_table
from .visual_rows import visual_parts

Item = Paragraph | ItemList | Table


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure in its place, with its caption or None."""

    figure: Figure
    caption: Paragraph | None


# Level of headings whose rank is unknown, as stored by version 1 of the result tree.
UNKNOWN_LEVEL = 2
DEEPEST_LEVEL = 6


def page_content(page: Page, options: ExportOptions) -> Iterator[Item]:
    """Content in reading order, or from top to bottom with layout "table"."""
    blocks = [block for block in page.blocks if options.furniture or block.kind not in FURNITURE]
    if options.layout == "table":
        yield from _visual_content(blocks, page.skew, options)
    else:
        yield from _ordered_content(blocks, page.skew, options)


def content_with_figures(page: Page, options: ExportOptions) -> Iterator[Item | PlacedFigure]:
    """Content with figures in place, which include their captions.

    Layout "table" has no figures.
    """
    if options.layout == "table" or not page.figures:
        yield from page_content(page, options)
        return
    run: list[Block] = []
    for item in in_reading_order(page, captions=False):
        if isinstance(item, Figure):
            yield from _ordered_content(run, page.skew, options)
            run = []
            caption = caption_of(item, page)
            yield PlacedFigure(item, block_paragraph(caption, options) if caption else None)
        elif options.furniture or item.kind not in FURNITURE:
            run.append(item)
    yield from _ordered_content(run, page.skew, options)


def _ordered_content(
    blocks: Sequence[Block], skew: float, options: ExportOptions
) -> Iterator[Item]:
    for is_list, group in groupby(blocks, key=lambda block: block.kind == "list"):
        if is_list and options.layout == "text":
            yield from _list_content(group, options)
        else:
            for block in group:
                yield from block_content(block, skew, options)


def table_blocks(page: Page, options: ExportOptions) -> dict[int, Block]:
    """Blocks of tables with cells, by the table's number on the page, from 1.

    Numbers also count tables found in the rows of blocks without cells.
    """
    blocks: dict[int, Block] = {}
    number = 0
    for block in page.blocks:
        found = sum(isinstance(item, Table) for item in block_content(block, page.skew, options))
        if block.cells:
            blocks[number + 1] = block
        number += found
    return blocks


def heading_level(paragraph: Paragraph) -> int:
    """Level of a heading, 1 to 6."""
    return min(paragraph.level or UNKNOWN_LEVEL, DEEPEST_LEVEL)


def _list_content(blocks: Iterable[Block], options: ExportOptions) -> Iterator[ItemList]:
    items = tuple(item for block in blocks for item in list_items(block, options))
    if items:
        yield ItemList(items)


def block_content(block: Block, skew: float, options: ExportOptions) -> Iterator[Item]:
    if block.cells:
        yield block_table(block, options)
    elif block.kind == "table":
        yield from _row_content(rows(block.lines, skew))
    elif (paragraph := block_paragraph(block, options)).lines:
        yield from _laid_out(paragraph, options)


def _laid_out(paragraph: Paragraph, options: ExportOptions) -> Iterator[Paragraph]:
    if options.layout != "lines" or paragraph.kind == "code":
        yield paragraph
        return
    # A single line of an item is not a list.
    kind = "text" if paragraph.kind == "list" else paragraph.kind
    for line in paragraph.lines:
        yield Paragraph(kind, paragraph.direction, (line,), paragraph.level)


def _visual_content(
    blocks: Sequence[Block], skew: float, options: ExportOptions
) -> Iterator[Paragraph | Table]:
    for part in visual_parts(blocks, skew):
        if isinstance(part, Block):
            yield block_table(part, options)
        else:
            yield from _row_content(part)


def _row_content(all_rows: list[Row]) -> Iterator[Paragraph | Table]:
    for table in tables(all_rows):
        first = table[0][0]
        if len(table[0]) > 1:
            yield Table.of_texts(grid(table), first.direction)
        else:
            yield Paragraph("text", first.direction, (first.text,))
