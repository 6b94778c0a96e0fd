"""Axes and labels of a chart, beside its curves and bars."""

from __future__ import annotations

from collections.abc import Sequence

from app.ocr.layout.elements import Rule
from app.ocr.result import Bbox

from .page_text import PageText

# Axes are at most this far from the drawing, in line heights, and at most this many times as long.
TOUCH, LONGER = 0.4, 1.5
# Labels are at most this far from their axis, in line heights.
NEAR = 0.9
# Ticks and titles of an axis: two rows of labels on each side.
ROUNDS = 2


def with_labels(area: Bbox, rules: Sequence[Rule], text: PageText) -> Bbox:
    """The area with the rules at its edges and, if there are any, the short lines of text beside
    it."""
    axes = [rule.bbox for rule in rules if _is_axis(rule.bbox, area, TOUCH * text.unit)]
    if not axes:
        return area
    grown = Bbox.around((area, *axes))
    for _ in range(ROUNDS):
        beside = (box for box in text.labels if _is_beside(box, grown, NEAR * text.unit))
        grown = Bbox.around((grown, *beside))
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


def _is_beside(box: Bbox, area: Bbox, near: float) -> bool:
    """Whether the box is at one of the area's sides and mostly within its extent."""
    across = min(area.right, box.right) - max(area.left, box.left)
    down = min(area.bottom, box.bottom) - max(area.top, box.top)
    if 2 * across >= box.width:
        return -near <= down
    return 2 * down >= box.height and -near <= across
