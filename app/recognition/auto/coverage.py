"""Share of the detected text that was read."""

from __future__ import annotations

import cv2
import numpy as np

from app.engines.runtime.onnx import Floats
from app.ocr.result import Page

# Resolution of the comparison: number of cells along the page's longer side.
CELLS = 500


def coverage(page: Page, boxes: list[Floats]) -> float:
    """Share (0-1) of the detected lines' area that lies inside words; 1 if nothing was detected.

    boxes: (4, 2) corners of text lines on the page.
    """
    ratio = CELLS / max(page.width, page.height, 1)
    size = max(1, round(page.height * ratio)), max(1, round(page.width * ratio))
    shown, read = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    for corners in boxes:
        cv2.fillConvexPoly(shown, np.round(_core(corners) * ratio).astype(np.int32), 1)
    for line in page.lines:
        left, top, right, bottom = (round(side * ratio) for side in line.bbox)
        read[top : bottom + 1, left : right + 1] = 1
    total = int(shown.sum())
    return float((shown & read).sum()) / total if total else 1.0


def _core(corners: Floats) -> Floats:
    """The middle half of a box's height: detectors draw generous boxes."""
    top_left, top_right, bottom_right, bottom_left = corners
    return np.array(
        [
            0.75 * top_left + 0.25 * bottom_left,
            0.75 * top_right + 0.25 * bottom_right,
            0.25 * top_right + 0.75 * bottom_right,
            0.25 * top_left + 0.75 * bottom_left,
        ],
        np.float32,
    )
