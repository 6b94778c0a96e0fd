"""Captions of a page's figures, and the places of the figures in the reading order.

Computed from the stored boxes on demand, so that they stay right when the text is corrected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.ocr.layout.kinds.caption_words import TABLES
from app.ocr.layout.reading_order.areas import covers
from app.ocr.result import Bbox, Block, Page

# A caption is at most this far from its figure, in heights of its lines.
CAPTION_GAP = 3.5
# Least share of a caption's width or height that faces the figure.
FACING = 0.4
TABLE_LABEL = re.compile(rf"(?:{TABLES})\b|表", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """number: from 1, of the page's figures from the top. start, end: indexes of the page's blocks:
    the figure comes before start, and the blocks up to end are the text in it. caption: the index
    of its caption, or None."""

    number: int
    bbox: Bbox
    start: int
    end: int
    caption: int | None = None


def figures_of(page: Page) -> tuple[Figure, ...]:
    """The page's figures in reading order."""
    if not page.figures:
        return ()
    captions = _captions(page)
    found = []
    for number, box in enumerate(page.figures):
        caption = captions.get(number)
        inside = [at for at, block in enumerate(page.blocks) if _is_inside(block, box)]
        start = inside[0] if inside else _place(box, page.blocks, caption)
        end = start
        while end in inside:
            end += 1
        found.append(Figure(number + 1, box, start, end, caption))
    return tuple(sorted(found, key=lambda figure: figure.start))


def in_reading_order(page: Page, *, captions: bool = True) -> Iterator[Block | Figure]:
    """Every block and every figure once. captions: include the figures' captions."""
    figures = list(figures_of(page))
    left_out = set() if captions else {figure.caption for figure in figures}
    for at, block in enumerate(page.blocks):
        while figures and figures[0].start <= at:
            yield figures.pop(0)
        if at not in left_out:
            yield block
    yield from figures


def caption_of(figure: Figure, page: Page) -> Block | None:
    return None if figure.caption is None else page.blocks[figure.caption]


def _captions(page: Page) -> dict[int, int]:
    """Indexes of captions by those of their figures; the nearest pairs are matched first."""
    tables = [block.bbox for block in page.blocks if block.kind == "table"]
    pairs = []
    for at, block in enumerate(page.blocks):
        if block.kind != "caption" or not block.lines:
            continue
        most = CAPTION_GAP * min(block.lines[0].bbox.height, block.lines[0].bbox.width)
        by_table = min((_distance(block.bbox, box) for box in tables), default=most + 1)
        if TABLE_LABEL.match(block.text) and by_table <= most:
            continue
        for number, box in enumerate(page.figures):
            distance = _distance(block.bbox, box)
            if distance <= most:
                pairs.append((distance, number, at))
    chosen: dict[int, int] = {}
    for _, number, at in sorted(pairs):
        if number not in chosen and at not in chosen.values():
            chosen[number] = at
    return chosen


def _distance(caption: Bbox, area: Bbox) -> float:
    """Distance of a caption below, above or beside the area; infinite if it does not face it."""
    across = min(caption.right, area.right) - max(caption.left, area.left)
    down = min(caption.bottom, area.bottom) - max(caption.top, area.top)
    if across >= FACING * min(caption.width, area.width):
        return max(0, -down)
    return max(0, -across) if down >= FACING * min(caption.height, area.height) else float("inf")


def _is_inside(block: Block, area: Bbox) -> bool:
    return bool(block.lines) and covers(area, block.bbox)


def _place(area: Bbox, blocks: Sequence[Block], caption: int | None) -> int:
    """Index of the block before which a figure without text in it is read."""
    if caption is not None:
        return caption if blocks[caption].bbox.bottom > area.top else caption + 1
    # By lines, not blocks: the box of a paragraph over two columns includes figures between them.
    faced = [
        (box, at)
        for at, block in enumerate(blocks)
        for box in ([block.bbox] if block.cells else [line.bbox for line in block.lines])
        if min(box.right, area.right) > max(box.left, area.left)
    ]
    middle = (area.top + area.bottom) / 2
    above = [(box.bottom, at) for box, at in faced if box.bottom <= middle]
    if above:
        return max(above)[1] + 1
    if faced:
        return min((box.top, at) for box, at in faced)[1]
    lower = (at for at, block in enumerate(blocks) if block.bbox.top >= area.top)
    return next(lower, len(blocks))
