"""Corrections of single cells of a page's tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction

from app.exports.base import ExportOptions
from app.exports.content.page import table_blocks
from app.models import Job
from app.ocr import result
from app.ocr.edits.text_rows import cell_with_text
from app.ocr.errors import OcrError
from app.ocr.result import Block, Cell

from . import corrections, word_corrections

Place = tuple[int, int]


@transaction.atomic
def correct_cells(
    *, job: Job, page: int, table: int, texts: Mapping[Place, str], author: User | None = None
) -> Job:
    """Stores a person's texts of some cells as part of the correction of their page.

    table: its number on the page. texts: by row and column. Raises OcrError: not_found for a page,
    table or cell that does not exist, conflict if the page's corrected text does not fit its cells.
    """
    row = word_corrections.locked_page(job=job, number=page)
    tree = row.word_result
    if tree is None:
        raise OcrError("conflict", "The page's text was rewritten; its cells are not known.")
    block = table_blocks(tree, ExportOptions()).get(table)
    if block is None:
        raise OcrError("not_found", f"Page {page} has no table {table}.")
    changed = replace(tree, blocks=_with(tree, block, _corrected(block, texts)))
    if word_corrections.store(row=row, before=tree, after=changed, author=author):
        corrections.store_text(job=job, text=corrections.whole_text(job))
    return job


def _with(tree: result.Page, old: Block, new: Block) -> tuple[Block, ...]:
    return tuple(new if block is old else block for block in tree.blocks)


def _corrected(block: Block, texts: Mapping[Place, str]) -> Block:
    places = {(cell.row, cell.column) for cell in block.cells}
    if unknown := texts.keys() - places:
        raise OcrError("not_found", f"The table has no cell {min(unknown)}.")
    return Block.table(
        (_corrected_cell(cell, texts) for cell in block.cells), continues=block.continues
    )


def _corrected_cell(cell: Cell, texts: Mapping[Place, str]) -> Cell:
    text = texts.get((cell.row, cell.column))
    return cell if text is None else cell_with_text(cell, text)
