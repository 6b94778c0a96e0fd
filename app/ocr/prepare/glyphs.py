"""Blobs of ink that are shaped like letters."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

SMALLEST = 4
# With fewer letters the median height is not reliable.
TYPICAL_COUNT = 12


def glyph_boxes(ink: NDArray[np.bool_]) -> NDArray[np.int32]:
    """(n, 4): left, top, width and height of each letter-like blob, in no particular order."""
    # This algorithm takes a third of the time of OpenCV's default.
    _, _, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        ink.view(np.uint8), 8, cv2.CV_32S, cv2.CCL_BBDT
    )
    boxes = np.asarray(stats[1:, : cv2.CC_STAT_AREA], np.int32)
    widths, heights = boxes[:, 2], boxes[:, 3]
    letters: NDArray[np.int32] = boxes[
        (heights >= SMALLEST)
        & (heights < ink.shape[0] * 0.5)
        & (widths < heights * 3)
        & (heights < widths * 6)
    ]
    return letters


def text_height(boxes: NDArray[np.int32]) -> float:
    """Median height of the letters, mostly that of a lower-case one; 0.0 for too few letters."""
    return float(np.median(boxes[:, 3])) if len(boxes) >= TYPICAL_COUNT else 0.0
