"""Rows to paragraphs and tables."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from app.ocr.result import Block

from .rows import Row

# A gap of more than the region's usual leading plus this share of the line height parts blocks.
PARAGRAPH_GAP = 0.35
HEIGHT_CHANGE = 1.4
TABLE_ROWS = 3


def blocks_of_rows(rows: list[Row]) -> list[Block]:
    """One block per paragraph; neighbouring rows of cells form one table."""
    usual = _usual_leading(rows)
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _continues(groups[-1], row, usual):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [Block(tuple(row.line() for row in group), _kind(group)) for group in groups]


def _usual_leading(rows: list[Row]) -> float:
    """White space between the lines of a paragraph: the lower quarter, as gaps between
    paragraphs are always larger."""
    gaps = sorted(_gap(upper, lower) for upper, lower in pairwise(rows))
    return gaps[len(gaps) // 4] if gaps else 0.0


def _gap(upper: Row, lower: Row) -> float:
    return lower.bbox.top - upper.bbox.bottom


def _continues(group: list[Row], row: Row, usual: float) -> bool:
    last = group[-1]
    if (last.cells > 1) != (row.cells > 1):
        return False
    heights = sorted((last.height, row.height))
    if heights[1] > HEIGHT_CHANGE * heights[0]:
        return False
    leading = max(usual, 0.0) + PARAGRAPH_GAP * median(member.height for member in group)
    return _gap(last, row) <= (3 * leading if row.cells > 1 else leading)


def _kind(group: list[Row]) -> str:
    return "table" if len(group) >= TABLE_ROWS and group[0].cells > 1 else "text"
