"""Areas that look like lines of text in a picture of a page without its text layer."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.result import Bbox
from app.ocr.source.base import Pixels

Mask = NDArray[np.uint8]
# All sizes in pixels at about 100 dpi.
EDGE = 40
LONG_RULE = 45
LETTER_GAP = 9
LINE_HEIGHTS = (5, 90)
LINE_WIDTH = 14
# Least share of edges in a line's box: letters fill it, drawings do not.
LEAST_EDGES = 0.3
LEAST_LETTERS = 3


def text_like_areas(pixels: Pixels) -> list[Bbox]:
    """Areas in the given pixels, with a margin; lines that lie close together make one area."""
    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    edges = _edges(gray)
    if not edges.any():
        return []
    lines = [box for box in _joined(edges) if _is_line(edges, box)]
    return areas_around(lines, gray.shape[1], gray.shape[0])


def areas_around(lines: Sequence[Bbox], width: int, height: int) -> list[Bbox]:
    """Boxes around lines whose margins overlap: no further apart than they are high."""
    areas: list[Bbox] = []
    for line in lines:
        area = _grown(line, width, height)
        while touching := [other for other in areas if _overlap(other, area)]:
            areas = [other for other in areas if other not in touching]
            area = Bbox.around((area, *touching))
        areas.append(area)
    return areas


def _edges(gray: Pixels) -> Mask:
    """1 on the outline of ink, without long rules, which frame tables and are not text."""
    gradient = cv2.morphologyEx(gray, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    edges = (gradient > EDGE).astype(np.uint8)
    for shape in ((1, LONG_RULE), (LONG_RULE, 1)):
        rules = cv2.morphologyEx(edges, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        edges[rules > 0] = 0
    return edges


def _joined(edges: Mask) -> list[Bbox]:
    """Boxes of connected edges after the letters of a line are joined."""
    joined = cv2.morphologyEx(edges, cv2.MORPH_CLOSE, np.ones((1, LETTER_GAP), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = map(cv2.boundingRect, outlines)
    return [Bbox(x, y, x + width, y + height) for x, y, width, height in boxes]


def _is_line(edges: Mask, box: Bbox) -> bool:
    low, high = LINE_HEIGHTS
    if not (low <= box.height <= high and box.width >= max(LINE_WIDTH, 1.2 * box.height)):
        return False
    part = edges[box.top : box.bottom, box.left : box.right]
    if part.mean() < LEAST_EDGES:
        return False
    return _strokes(part) >= LEAST_LETTERS


def _strokes(part: Mask) -> int:
    """The largest number of edges that begin along one row: letters have many."""
    starts = (part[:, 1:] > part[:, :-1]).sum(axis=1) + part[:, 0]
    return int(starts.max())


def _grown(line: Bbox, width: int, height: int) -> Bbox:
    margin = max(4, line.height // 2)
    return Bbox(
        max(0, line.left - margin),
        max(0, line.top - margin),
        min(width, line.right + margin),
        min(height, line.bottom + margin),
    )


def _overlap(one: Bbox, other: Bbox) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )
