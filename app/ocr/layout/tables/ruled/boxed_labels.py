"""Labels framed one by one, as in flow diagrams and organisation charts, which are not cells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.ocr.layout.reading_order.areas import drawn_boxes
from app.ocr.layout.tables.tokens import Token, within
from app.ocr.layout.tables.unruled.lines import text_lines
from app.ocr.result import Bbox

# A diagram has at least this number of boxes, each with at most this number of lines.
LEAST_BOXES = 3
MOST_LINES = 6
# In heights of a line: boxes nearer than this are cells.
APART = 0.4


def boxed_labels(rules: Sequence[Bbox], tokens: Sequence[Token], unit: float) -> list[Bbox]:
    """Boxes with white around them that hold one text each; empty if these are few.

    tokens: from top to bottom. A frame around a table or a form is not among them, as its lines
    have several texts.
    """
    boxes = _apart(drawn_boxes(rules, unit), APART * unit)
    labels = [box for box in boxes if _is_label(box, tokens)]
    return labels if len(labels) >= LEAST_BOXES else []


def _apart(boxes: Sequence[Bbox], near: float) -> list[Bbox]:
    """The boxes that neither touch nor cross another one. They may be within a frame.

    boxes: sorted, so that most of those in a grid meet the next one, which saves comparing all.
    """
    if len(boxes) < LEAST_BOXES:
        return []
    every = np.array(boxes, float).T
    next_meets = _meet(every[:, :-1], every[:, 1:], near)
    single = np.flatnonzero(~(np.append(next_meets, False) | np.append(False, next_meets)))
    meets = _meet(every[:, single, None], every[:, None], near)
    return [boxes[number] for number in single[meets.sum(axis=1) == 1].tolist()]


def _meet(one: NDArray[np.float64], other: NDArray[np.float64], near: float) -> NDArray[np.bool_]:
    """Whether two boxes touch or cross, but neither is within the other. one, other: the sides
    first, then boxes."""
    apart = np.maximum(one[:2] - other[2:], other[:2] - one[2:]).max(axis=0)
    inside = np.minimum(one[:2] - other[:2], other[2:] - one[2:]).min(axis=0) > near
    around = np.minimum(other[:2] - one[:2], one[2:] - other[2:]).min(axis=0) > near
    met: NDArray[np.bool_] = (apart < near) & ~(inside | around)
    return met


def _is_label(box: Bbox, tokens: Sequence[Token]) -> bool:
    lines = text_lines(within(tokens, (box.left, box.right), (box.top, box.bottom)))
    return 0 < len(lines) <= MOST_LINES and all(len(line.chunks) == 1 for line in lines)
