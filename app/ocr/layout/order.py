"""Reading order of a region: zones from top to bottom, columns from left to right, then rows."""

from __future__ import annotations

from app.ocr.result import Block

from .paragraphs import blocks_of_rows
from .rows import pieces_of, rows_of
from .vertical import blocks_of_vertical
from .zones import Lines, column_zones, columns


def blocks_in_reading_order(lines: Lines) -> tuple[Block, ...]:
    """Every line once. Pieces on one row become one line; a table is read row by row."""
    vertical = [line for line in lines if line.direction == "ttb"]
    horizontal = [line for line in lines if line.direction != "ttb"]
    if len(vertical) > len(horizontal):
        return blocks_of_vertical(lines)
    return tuple(_region([piece for line in lines for piece in pieces_of(line)])) if lines else ()


def _region(lines: Lines) -> list[Block]:
    whole = columns(lines)
    if len(whole) > 1:
        return [block for column in whole for block in _region(column)]
    blocks: list[Block] = []
    for zone, in_columns in column_zones(lines):
        blocks += _region(zone) if in_columns else blocks_of_rows(rows_of(zone))
    return blocks
