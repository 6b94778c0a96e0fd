"""Choose the width at which a line is read by how close its strokes are.

The networks answer once per eight pixels of a line scaled to a height of 48. In condensed type two
equal letters side by side therefore run together, while wide letters only cost time.
"""

from __future__ import annotations

import cv2
import numpy as np

from app.ocr.prepare.light import to_gray
from app.ocr.source.base import Pixels

# Distance of strokes, as a share of the line's height, that reads well (docs/benchmarks.md).
PITCH = 0.29
NARROWEST, WIDEST = 0.85, 1.4
# The least widening that is worth its time.
WIDENED = 1.15
# Zone of the small letters, as shares of the line's height from the top, and rows sampled in it.
ZONE = 0.35, 0.7
ROWS = 12


def stretch_of(line: Pixels, narrowest: float = NARROWEST) -> float:
    """Factor from narrowest to WIDEST for the width of a cropped, upright line."""
    height, width = line.shape[:2]
    strokes = _strokes(line)
    if not strokes:
        return 1.0
    stretch = float(np.clip(PITCH * height * strokes / width, narrowest, WIDEST))
    return stretch if stretch < 1 or stretch >= WIDENED else 1.0


def _strokes(line: Pixels) -> float:
    """Median number of strokes, dark or light, that a row through the small letters crosses."""
    places = np.linspace(*ZONE, ROWS) * line.shape[0]
    rows = to_gray(line[np.unique(places.astype(np.intp))])
    _, inked = cv2.threshold(rows, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return float(np.median(np.count_nonzero(inked[:, 1:] != inked[:, :-1], axis=1))) / 2
