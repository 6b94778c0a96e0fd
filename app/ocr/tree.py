"""Compact JSON form of a page's result, for storage and for other processes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .layout.old_tables import blocks_with_cells
from .result import Barcode, Bbox, Block, Cell, Line, Page, Word

TREE_VERSION = 2


def page_to_tree(page: Page) -> dict[str, Any]:
    """JSON-ready form. A word is [text, left, top, right, bottom, confidence] and, as far as any
    differs from 0, "" and 0, joined, source and handwritten."""
    figures = {"figures": [list(box) for box in page.figures]} if page.figures else {}
    return {
        "version": TREE_VERSION,
        "number": page.number,
        "size": [page.width, page.height],
        "rotation": page.rotation,
        "skew": round(page.skew, 3),
        "dpi": page.dpi,
        "engine": page.engine,
        "reason": page.reason,
        "languages": list(page.languages),
        "source": page.source,
        "blocks": [_block_to_tree(block) for block in page.blocks],
        "barcodes": [[code.kind, code.text, *code.bbox] for code in page.barcodes],
        **figures,
    }


def page_from_tree(tree: dict[str, Any]) -> Page:
    """The inverse of page_to_tree; confidences come back rounded to three decimals."""
    width, height = tree["size"]
    blocks = (_block_from_tree(block) for block in tree["blocks"])
    if tree["version"] == 1:
        blocks = (new for old in blocks for new in blocks_with_cells(old, tree["skew"]))
    return Page(
        number=tree["number"],
        width=width,
        height=height,
        rotation=tree["rotation"],
        skew=tree["skew"],
        dpi=tree["dpi"],
        engine=tree["engine"],
        reason=tree["reason"],
        languages=tuple(tree["languages"]),
        source=tree["source"],
        blocks=tuple(blocks),
        barcodes=tuple(Barcode(kind, text, Bbox(*box)) for kind, text, *box in tree["barcodes"]),
        figures=tuple(Bbox(*box) for box in tree.get("figures", ())),
    )


def _block_to_tree(block: Block) -> dict[str, Any]:
    tree: dict[str, Any] = {"kind": block.kind}
    if block.cells:
        tree["cells"] = [_cell_to_tree(cell) for cell in block.cells]
    else:
        tree["lines"] = _lines_to_tree(block.lines)
    extras = {"level": block.level, "marker": block.marker, "continues": block.continues}
    return tree | {name: value for name, value in extras.items() if value}


def _block_from_tree(tree: dict[str, Any]) -> Block:
    """Reads version 1 as well, which has neither cells nor levels."""
    if "cells" in tree:
        cells = (_cell_from_tree(row) for row in tree["cells"])
        return Block.table(cells, continues=tree.get("continues", False))
    lines = _lines_from_tree(tree["lines"])
    return Block(lines, tree["kind"], tree.get("level", 0), tree.get("marker", ""))


def _cell_to_tree(cell: Cell) -> list[Any]:
    place = [cell.row, cell.column, cell.row_span, cell.column_span, int(cell.header)]
    return [*place, *cell.bbox, _lines_to_tree(cell.lines)]


def _cell_from_tree(tree: list[Any]) -> Cell:
    row, column, row_span, column_span, header, left, top, right, bottom, lines = tree
    return Cell(
        row,
        column,
        _lines_from_tree(lines),
        Bbox(left, top, right, bottom),
        row_span,
        column_span,
        bool(header),
    )


def _lines_to_tree(lines: Iterable[Line]) -> list[Any]:
    return [[line.direction, [_word_to_tree(word) for word in line.words]] for line in lines]


def _lines_from_tree(tree: list[Any]) -> tuple[Line, ...]:
    return tuple(
        Line(tuple(_word_from_tree(word) for word in words), direction) for direction, words in tree
    )


def _word_to_tree(word: Word) -> list[Any]:
    row: list[Any] = [word.text, *word.bbox, round(word.confidence, 3)]
    if word.handwritten:
        return [*row, int(not word.space_after), word.source, 1]
    if word.source:
        return [*row, int(not word.space_after), word.source]
    return row if word.space_after else [*row, 1]


def _word_from_tree(row: list[Any]) -> Word:
    text, left, top, right, bottom, confidence, *rest = row
    joined = bool(rest and rest[0])
    source = rest[1] if len(rest) > 1 else ""
    handwritten = len(rest) > 2
    return Word(text, Bbox(left, top, right, bottom), confidence, not joined, source, handwritten)
