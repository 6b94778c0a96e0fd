"""Pictures without ink, which no engine need search for text."""

from __future__ import annotations

import cv2
import numpy as np

from app.ocr.source.base import Pixels

# Of 255: less than this from the paper is grain; ordinary pages have ink far above it.
GRAIN = 24
SURE_INK = 64
# Ordinary pages show ink in every few pixels; a page number alone may not.
STRIDE = 8
# Pixels in all, of which the dot of a period at 100 dpi has more.
LEAST_INK = 4


def is_blank(pixels: Pixels) -> bool:
    """Whether nothing is on the paper, whatever its colour; grain and single pixels are nothing.

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
