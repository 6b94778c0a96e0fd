"""Boxes of small and middle-sized lines, extended to the row of white beyond a tail, an underscore
or an accent that they cut."""

from __future__ import annotations

import numpy as np

from app.engines.runtime.onnx import Floats
from app.ocr.prepare.light import to_gray
from app.ocr.source.base import Pixels

# Height in pixels of the lines that detection cuts; by at most how many rows they are extended. Of
# higher lines, up to MIDDLE, it cuts only underscores: strokes of this share of the height.
SMALL, MIDDLE, MOST, STROKE = 24, 40, 3, 0.4
# Least difference from the paper, as a share of the greatest; a row with more ink is a rule.
INKED, RULE = 0.35, 0.6
# Largest difference in pixels between the two ends of a level line.
LEVEL = 1.0


def extended(page: Pixels, corners: Floats) -> Floats:
    """corners: (4, 2), clockwise from the top left; returned as they are where nothing is cut."""
    left, top = np.round(corners.min(axis=0)).astype(int).tolist()
    right, bottom = np.round(corners.max(axis=0)).astype(int).tolist()
    height = bottom - top
    tilt = np.abs(corners[[0, 3], 1] - corners[[1, 2], 1]).max()
    if height > MIDDLE or right - left < 2 * height or tilt > LEVEL:
        return corners
    first = max(0, top - MOST - 1)
    gray = to_gray(page[first : bottom + MOST + 1, left:right]).astype(np.int16)
    line = gray[top - first : bottom - first]
    differs = np.abs(gray - np.median(line))
    ink = differs >= INKED * max(1, differs[top - first : bottom - first].max())
    shares = ink.mean(axis=1).tolist()
    below = _rows_to_add(shares[bottom - first :])
    above = _rows_to_add(shares[: top - first][::-1]) if height <= SMALL else 0
    if height > SMALL and below and ink[bottom - first + below - 1].sum() < STROKE * height:
        below = 0
    if not below and not above:
        return corners
    return corners + np.array([[0, -above], [0, -above], [0, below], [0, below]], np.float32)


def _rows_to_add(beyond: list[float]) -> int:
    """beyond: shares of ink in the rows beyond an end of the box, from the box on. One white row is
    allowed before a separate stroke."""
    first = 1 if beyond[:1] == [0.0] else 0
    count = next((at for at, share in enumerate(beyond[first:], first) if not share), 0)
    return count if first < count and max(beyond[:count]) <= RULE else 0
