"""Detected lines of a page by which its direction is judged."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.engines.lines.crops import cut_line
from app.engines.lines.tight_boxes import extended
from app.engines.runtime.onnx import Floats
from app.ocr.scripts import VERTICAL_RATIO
from app.ocr.source.base import Pixels

Boxes = list[Floats]

# Length of lines in heights: longer ones are cut to LONGEST, ones below SHORTEST are not used.
LONGEST, SHORTEST = 14, 1.3
# Least number of single letters, one below the other, on a sign such as a shop's.
STACKED_LETTERS = 2
# Least ratio of height to width of a line that runs up or down; a letter such as b has less.
LEAST_ALONG = 2.0
# Rotations that make lines along the page, or across it, level.
ALONG, ACROSS = (270, 90), (0, 180)


def run_along(boxes: Boxes) -> bool:
    """Whether more length of lines runs up or down the page than across it."""
    sides = np.array([np.ptp(box, axis=0) for box in boxes])
    width, height = sides.T
    if _are_stacked(boxes, width, height):
        return False
    along = height[height >= LEAST_ALONG * width].sum()
    return bool(along > width[width >= VERTICAL_RATIO * height].sum())


def _are_stacked(boxes: Boxes, width: Floats, height: Floats) -> bool:
    """Whether the boxes are upright letters one below the other, as on a shop sign, some of which
    the detector may take for a line that runs down."""
    vertical = height >= VERTICAL_RATIO * width
    letters = len(boxes) - int(vertical.sum())
    across = np.ptp([box[:, 0].mean() for box in boxes]) < width.mean()
    wide = (width >= VERTICAL_RATIO * height).any()
    return bool(across and not wide and letters >= max(STACKED_LETTERS, vertical.sum()))


def longest_first(boxes: Boxes, ways: tuple[int, int]) -> Boxes:
    """Boxes of several letters that run in that direction, longest first: in heights up to LONGEST,
    then in pixels."""
    across = int(ways == ALONG)
    sides = [(*np.ptp(box, axis=0)[[across, 1 - across]], box) for box in boxes]
    long = [(min(LONGEST, length / max(1.0, height)), length, box) for length, height, box in sides]
    readable = [each for each in long if each[0] >= SHORTEST]
    return [box for _, _, box in sorted(readable, key=lambda each: (-each[0], -each[1]))]


def whole_crops_of(pixels: Pixels, boxes: Boxes) -> Iterator[Pixels]:
    """Lines cut out as for reading the page, so that what was computed of them serves it too."""
    for box in boxes:
        yield cut_line(pixels, extended(pixels, box)).pixels


def crops_of(pixels: Pixels, boxes: Boxes) -> Iterator[Pixels]:
    for box in boxes:
        line = cut_line(pixels, box).pixels
        yield np.ascontiguousarray(line[:, : LONGEST * line.shape[0]])


def upside_down(line: Pixels) -> Pixels:
    return np.ascontiguousarray(line[::-1, ::-1])
