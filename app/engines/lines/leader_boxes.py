"""Join the boxes of one line that detection split at a dot leader."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.engines.runtime.onnx import Floats
from app.ocr.source.base import Pixels

from .crops import cut_line
from .leaders import find_leaders

# In heights of the boxes: the least gap between them, and their least vertical overlap.
LEAST_GAP, SAME_ROW = 2.0, 0.6
# Least share of the gap that dots fill; least difference in brightness (of 255) that is ink.
FILLED, CONTRAST = 0.4, 40


def joined_over_leaders(page: Pixels, boxes: Sequence[Floats]) -> list[Floats]:
    """boxes: corners (4, 2) clockwise from the top left."""
    if not boxes:
        return []
    followers = _followers(page, boxes)
    joined = []
    for first in range(len(boxes)):
        if first in followers.values():
            continue
        last = first
        while last in followers:
            last = followers[last]
        left, right = boxes[first], boxes[last]
        whole = np.array([left[0], right[1], right[2], left[3]], np.float32)
        joined.append(whole if last != first else left)
    return joined


def _followers(page: Pixels, boxes: Sequence[Floats]) -> dict[int, int]:
    """Map the index of a box to that of the box at which the leader after it ends."""
    corners = np.stack(boxes)
    (lefts, tops), (rights, bottoms) = corners.min(axis=1).T, corners.max(axis=1).T
    heights = bottoms - tops
    found: dict[int, int] = {}
    for at in np.flatnonzero(rights - lefts > heights).tolist():
        shared = np.minimum(bottoms, bottoms[at]) - np.maximum(tops, tops[at])
        gaps = lefts - rights[at]
        beside = (gaps >= 0) & (shared >= SAME_ROW * np.minimum(heights, heights[at]))
        if not beside.any():
            continue
        nearest = int(np.where(beside, gaps, np.inf).argmin())
        far = gaps[nearest] >= LEAST_GAP * heights[at]
        if far and nearest not in found.values() and _are_dots(page, boxes[at], boxes[nearest]):
            found[at] = nearest
    return found


def _are_dots(page: Pixels, left: Floats, right: Floats) -> bool:
    """Whether a leader fills enough of the gap between two boxes."""
    between = np.array([left[1], right[0], right[3], left[2]], np.float32)
    crop = cut_line(page, between, turn=False)
    pixels = crop.pixels
    if int(pixels.max()) - int(pixels.min()) < CONTRAST:
        return False
    dots = sum(leader.right - leader.left for leader in find_leaders(crop.ink))
    return bool(dots >= FILLED * pixels.shape[1])
