"""Tables that continue on the next page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.ocr.result import Block, Page

# Blocks of these kinds may lie between a table and the edge of its page.
FURNITURE = ("header", "footer", "page_number", "margin", "footnote", "caption")
# Column edges match within this share of the page's width.
SAME_EDGE = 0.02
COLUMNS_ALIKE = 0.75


def mark_continued(pages: Sequence[Page]) -> list[Page]:
    """Set Block.continues on a table that opens a page and continues one that ends the page before.

    It has the same columns at the same places, and either the same heading or none.
    """
    result = list(pages[:1])
    for page in pages[1:]:
        first, last = _first(page), _last(result[-1])
        if first is None or last is None:
            result.append(page)
            continue
        goes_on = _goes_on(result[-1].blocks[last], page.blocks[first], result[-1], page)
        blocks = list(page.blocks)
        blocks[first] = replace(blocks[first], continues=goes_on)
        result.append(replace(page, blocks=tuple(blocks)))
    return result


def _first(page: Page) -> int | None:
    """Number of the block that begins the page, if it is a table with cells."""
    for number, block in enumerate(page.blocks):
        if block.kind not in FURNITURE:
            return number if block.cells else None
    return None


def _last(page: Page) -> int | None:
    for number in range(len(page.blocks) - 1, -1, -1):
        block = page.blocks[number]
        if block.kind not in FURNITURE:
            return number if block.cells else None
    return None


def _goes_on(before: Block, after: Block, page_before: Page, page_after: Page) -> bool:
    one, other = _columns(before, page_before), _columns(after, page_after)
    if len(one) != len(other):
        return False
    same = sum(
        abs(left - other_left) <= SAME_EDGE or abs(right - other_right) <= SAME_EDGE
        for (left, right), (other_left, other_right) in zip(one, other, strict=True)
    )
    if same < COLUMNS_ALIKE * len(one):
        return False
    heading = _heading(after)
    return not heading or heading == _heading(before)


def _columns(table: Block, page: Page) -> list[tuple[float, float]]:
    """Left and right end of what each column holds, in shares of the page's width."""
    count = max(cell.column + cell.column_span for cell in table.cells)
    ends: list[tuple[float, float]] = []
    for column in range(count):
        boxes = [
            cell.bbox
            for cell in table.cells
            if cell.column == column and cell.column_span == 1 and cell.lines
        ]
        if boxes:
            left = min(box.left for box in boxes) / page.width
            ends.append((left, max(box.right for box in boxes) / page.width))
        else:
            ends.append((-1.0, -1.0))
    return ends


def _heading(table: Block) -> list[str]:
    """Texts of the rows that are all headers."""
    plain = [cell.row for cell in table.cells if not cell.header]
    first = min(plain, default=0)
    return [cell.text for cell in table.cells if cell.row < first]
