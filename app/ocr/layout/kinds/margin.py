"""Text in a page's margins that runs in another direction than the page."""

from __future__ import annotations

from collections.abc import Sequence

from app.ocr.layout.context import Context
from app.ocr.layout.reading_order.fragments import Fragment
from app.ocr.result import Bbox

# A margin is at most this share of the page's width.
WIDEST = 0.15


def is_in_margin(box: Bbox, fragments: Sequence[Fragment], context: Context) -> bool:
    """Whether it is at the page's edge, beyond all text at its height. box: in the page's frame."""
    at_left = box.right <= WIDEST * context.width
    at_right = box.left >= (1 - WIDEST) * context.width
    if not (at_left or at_right):
        return False
    beside = [
        fragment.box
        for fragment in fragments
        if fragment.box.top < box.bottom and box.top < fragment.box.bottom
    ]
    if at_left:
        return all(other.left >= box.left for other in beside)
    return all(other.right <= box.right for other in beside)
