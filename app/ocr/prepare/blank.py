"""Pictures without ink, which no engine need search for text."""

from __future__ import annotations

import cv2
import numpy as np

from app.ocr.source.base import Pixels

# Gray levels of 255: a smaller difference from the paper is grain; ink differs by far more.
GRAIN = 24
SURE_INK = 64
# Every STRIDE-th pixel shows the ink of an ordinary page, but may miss that of a mere page number.
STRIDE = 8
# Pixels in all; even a period at 100 dpi has more.
LEAST_INK = 4


def is_blank(pixels: Pixels) -> bool:
    """Whether the paper, of any colour, is empty; grain and single pixels do not count.

    Uneven light counts as ink.
    """
    if _ink(pixels[::STRIDE, ::STRIDE], SURE_INK) > LEAST_INK:
        return False
    return _ink(np.asarray(cv2.medianBlur(pixels, 3), np.uint8), GRAIN) < LEAST_INK


def _ink(pixels: Pixels, contrast: int) -> int:
    """Number of pixels that differ from the most frequent colour."""
    planes = cv2.split(np.ascontiguousarray(pixels))
    paper = np.array([np.bincount(plane.ravel()).argmax() for plane in planes], np.float64)
    near = cv2.inRange(cv2.merge(planes), paper - contrast, paper + contrast)
    return int(near.size - cv2.countNonZero(near))
