"""Skew of the lines of text, from projection profiles."""

from __future__ import annotations

from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.source.base import Pixels

from .geometry import Matrix

Floats = NDArray[np.float32]

MAX_DEGREES = 15.0
# More points change the angle of an A4 page by less than 0.1 degree.
MAX_POINTS = 15_000
FEWEST_POINTS = 50
# A page is straight unless its profile is this much sharper at the angle found; with fewer points
# more, because chance counts for more.
GAIN = 1.02
GAIN_POINTS = 300
# Lines of text make one angle stand out from the others; grain and pictures do not.
PEAK = 1.5
IGNORED_DEGREES = 0.15
# A page is level beyond doubt if turning it this little makes the profile this much flatter.
LEVEL_DEGREES = 0.5
LEVEL_GAIN = 2.0
# (degrees between candidates, candidates on each side of the best so far)
SEARCH = ((1.0, int(MAX_DEGREES)), (0.25, 4), (0.05, 5))


def is_level(ink: NDArray[np.bool_]) -> bool:
    """Whether the page is level beyond doubt: most pages then need no search for skew and bend."""
    rows, columns = _lower_edges(ink)
    if len(rows) < FEWEST_POINTS:
        return False
    turned = (_sharpness(rows, columns, degrees) for degrees in (-LEVEL_DEGREES, LEVEL_DEGREES))
    return _sharpness(rows, columns, 0.0) > LEVEL_GAIN * max(turned)


def find_skew(ink: NDArray[np.bool_]) -> float:
    """Degrees clockwise that the text leans, or 0.0 when straight or unclear.

    ink: (height, width). The numbers of ink pixels per row differ most when the rows are counted
    along the lines of text (Postl 1986).
    """
    rows, columns = _lower_edges(ink)
    if len(rows) < FEWEST_POINTS:
        return 0.0
    tried = {0.0: _sharpness(rows, columns, 0.0)}
    for degrees, count in SEARCH:
        center = max(tried, key=tried.__getitem__)
        for candidate in center + degrees * np.arange(-count, count + 1):
            tried[float(candidate)] = _sharpness(rows, columns, float(candidate))
    best = max(tried, key=tried.__getitem__)
    needed = max((GAIN + GAIN_POINTS / len(rows)) * tried[0.0], PEAK * median(tried.values()))
    return best if abs(best) >= IGNORED_DEGREES and tried[best] >= needed else 0.0


def _lower_edges(ink: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Rows and columns of ink pixels with paper below, most of which lie on baselines."""
    found = cv2.findNonZero((ink[:-1] & ~ink[1:]).view(np.uint8))
    points = np.empty((0, 2), np.int32) if found is None else found.reshape(-1, 2)
    if len(points) > MAX_POINTS:
        # Not every n-th point, which would itself make a pattern with an angle.
        points = np.random.default_rng(0).choice(points, MAX_POINTS, replace=False)
    columns, rows = points.T.astype(np.float32)
    return rows, columns


def _sharpness(rows: Floats, columns: Floats, degrees: float) -> float:
    """Sum of squared differences of neighbouring rows, counted along this direction."""
    leaning = rows - columns * np.float32(np.tan(np.radians(degrees)))
    counts = np.bincount((leaning - leaning.min()).astype(np.int32))
    return float(np.square(np.diff(counts)).sum())


def rotated(pixels: Pixels, degrees: float, fill: int) -> tuple[Pixels, Matrix]:
    """The picture turned counter-clockwise on a canvas that holds all of it, and the (2, 3) map
    from the new pixels back to the old ones."""
    height, width = pixels.shape[:2]
    forward = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    sine, cosine = abs(forward[0, 1]), abs(forward[0, 0])
    size = round(width * cosine + height * sine), round(width * sine + height * cosine)
    forward[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    border = (fill,) * 3
    turned = cv2.warpAffine(pixels, forward, size, flags=cv2.INTER_CUBIC, borderValue=border)
    return np.asarray(turned, np.uint8), np.asarray(cv2.invertAffineTransform(forward))
