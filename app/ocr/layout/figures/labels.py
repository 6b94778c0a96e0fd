"""Axes and labels of a chart, which are drawn beside its curves and bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.ocr.layout.elements import Rule
from app.ocr.result import Bbox, Block

# Axes touch the drawing, in line heights, and are at most so many times as long.
TOUCH, LONGER = 0.4, 1.5
# Labels of an axis are as near, and are no longer.
NEAR, LABEL_WIDTH = 0.9, 9.0
# Ticks and titles of an axis: two rows of labels on each side.
ROUNDS = 2
# Kinds of blocks that are no labels.
TEXT_KINDS = frozenset({"heading", "caption", "header", "footer", "page_number", "footnote"})


def with_labels(area: Bbox, rules: Sequence[Rule], blocks: Sequence[Block], unit: float) -> Bbox:
    """The area with the rules at its edges and, where it has some, with the short lines of text
    beside them. unit: height of a line."""
    axes = [rule.bbox for rule in rules if _is_axis(rule.bbox, area, TOUCH * unit)]
    if not axes:
        return area
    grown = Bbox.around((area, *axes))
    for _ in range(ROUNDS):
        labels = [box for box in _short_lines(blocks, unit) if _is_beside(box, grown, NEAR * unit)]
        grown = Bbox.around((grown, *labels))
    return grown


def _is_axis(rule: Bbox, area: Bbox, near: float) -> bool:
    if rule.width > LONGER * area.width or rule.height > LONGER * area.height:
        return False
    return (
        rule.left - near <= area.right
        and area.left - near <= rule.right
        and rule.top - near <= area.bottom
        and area.top - near <= rule.bottom
    )


def _short_lines(blocks: Sequence[Block], unit: float) -> Iterator[Bbox]:
    """Of blocks that have no longer ones."""
    for block in blocks:
        if block.kind in TEXT_KINDS or block.cells:
            continue
        boxes = [line.bbox for line in block.lines]
        if all(max(box.width, box.height) <= LABEL_WIDTH * unit for box in boxes):
            yield from boxes


def _is_beside(box: Bbox, area: Bbox, near: float) -> bool:
    """At one of the area's sides, along which most of it lies."""
    across = min(area.right, box.right) - max(area.left, box.left)
    down = min(area.bottom, box.bottom) - max(area.top, box.top)
    if 2 * across >= box.width:
        return -near <= down
    return 2 * down >= box.height and -near <= across
