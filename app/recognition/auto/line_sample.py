"""A few lines of a page, stacked on a sheet: enough to tell its script."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from app.engines.lines.crops import cut_line
from app.engines.runtime.onnx import Floats
from app.ocr.prepare.light import to_gray
from app.ocr.source.base import Pixels

SAMPLE_LINES = 4
# Taller lines are reduced to this height.
SAMPLE_HEIGHT = 48
MAX_WIDTH = 2500
MARGIN = 0.3  # of the line's height, filled from the page
# A detector breaks a widely spaced line into pieces: at most this many heights apart they are one
# line, if at least this share of the lower piece's height overlaps the other's.
GAP = 2.0
BESIDE = 0.6


def sample_of_lines(pixels: Pixels, boxes: list[Floats], most: int = SAMPLE_LINES) -> Pixels | None:
    """The longest detected lines on a white sheet; None if there are none.

    boxes: corners (4, 2) of lines of text on the pixels. most: how many lines.
    """
    lines = (cut_line(pixels, _widened(corners)).pixels for corners in join_pieces(boxes))
    longest = _longest(lines, most)
    strips = [_strip(line) for line in longest]
    width = max((strip.shape[1] for strip in strips), default=0)
    return np.vstack([_padded(strip, width) for strip in strips]) if strips else None


def longest_lines(pixels: Pixels, boxes: list[Floats]) -> list[Pixels]:
    """The longest detected lines, as the detector cuts them."""
    return _longest(cut_line(pixels, corners).pixels for corners in boxes)


def _longest(lines: Iterable[Pixels], most: int = SAMPLE_LINES) -> list[Pixels]:
    readable = [line for line in lines if min(line.shape[:2]) >= 8]
    return sorted(readable, key=lambda line: -line.shape[1] / line.shape[0])[:most]


def join_pieces(boxes: list[Floats]) -> list[Floats]:
    """Corners (4, 2) of whole lines, joined from boxes that may be pieces of a line."""
    lines: list[Floats] = []
    for box in sorted(boxes, key=lambda each: float(each[:, 0].min())):
        at = next((at for at, line in enumerate(lines) if _continues(line, box)), None)
        if at is None:
            lines.append(box)
        else:
            lines[at] = _around(lines[at], box)
    return lines


def _continues(line: Floats, box: Floats) -> bool:
    """Whether a level line continues in the box, which is further to the right."""
    (left, top), (right, bottom) = line.min(axis=0), line.max(axis=0)
    (box_left, box_top), (box_right, box_bottom) = box.min(axis=0), box.max(axis=0)
    heights = bottom - top, box_bottom - box_top
    if right - left < heights[0] or box_right - box_left < heights[1]:
        return False
    beside = min(bottom, box_bottom) - max(top, box_top)
    return bool(box_left - right < GAP * max(heights) and beside >= BESIDE * min(heights))


def _around(line: Floats, box: Floats) -> Floats:
    left, top = np.minimum(line.min(axis=0), box.min(axis=0))
    right, bottom = np.maximum(line.max(axis=0), box.max(axis=0))
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)


def _widened(corners: Floats) -> Floats:
    """The corners moved out by the margin on all sides."""
    across, down = corners[1] - corners[0], corners[3] - corners[0]
    height = min(np.linalg.norm(across), np.linalg.norm(down))
    right = across / max(1.0, float(np.linalg.norm(across))) * height * MARGIN
    below = down / max(1.0, float(np.linalg.norm(down))) * height * MARGIN
    outward = np.array([-right - below, right - below, right + below, below - right])
    return np.asarray(corners + outward, np.float32)


def _strip(line: Pixels) -> Pixels:
    gray = to_gray(line)[:, :MAX_WIDTH]
    height, width = gray.shape
    limit = round(SAMPLE_HEIGHT * (1 + 2 * MARGIN))
    if height > limit:
        size = max(1, round(width * limit / height)), limit
        gray = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)
    return gray


def _padded(strip: Pixels, width: int) -> Pixels:
    """The strip, filled with the colour of its paper on the right."""
    missing = width - strip.shape[1]
    paper = int(np.median(strip))
    return np.pad(strip, ((0, 0), (0, missing)), constant_values=paper)
