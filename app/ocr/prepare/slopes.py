"""Slopes of the lines of text at many places of a page."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# In letter heights: the widest gap that still joins letters to a line, the length of the pieces of
# a line, and the largest vertical spread of a piece's ink that is still one line.
JOINED = 2.5
PIECE = 2.0
SPREAD = 1.2
# A slope is taken between a piece and the STRIDE-th after it; a steeper one is not text.
STRIDE = 5
STEEPEST = 0.35


@dataclass(frozen=True, slots=True)
class Slopes:
    """x, y: places as shares (0-1) of width and height. values: dy/dx of the line there."""

    x: Floats
    y: Floats
    values: Floats


def line_slopes(ink: NDArray[np.bool_], letter: float) -> Slopes:
    """ink: (height, width). letter: height of a lower-case letter in pixels."""
    height, width = ink.shape
    keys, x, y = _pieces(ink, letter)
    # Keys of pieces of one line are consecutive, so the STRIDE-th piece after has key + STRIDE.
    later = np.minimum(np.searchsorted(keys, keys + STRIDE), max(0, len(keys) - 1))
    found = keys[later] == keys + STRIDE
    first, second = np.flatnonzero(found), later[found]
    values = (y[second] - y[first]) / (x[second] - x[first])
    sane = np.abs(values) < STEEPEST
    return Slopes(
        ((x[first] + x[second]) / 2 / width)[sane],
        ((y[first] + y[second]) / 2 / height)[sane],
        values[sane],
    )


def _pieces(ink: NDArray[np.bool_], letter: float) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Key (line, then place in it) and centre of the ink of each piece, by ascending key."""
    rows, columns = np.nonzero(ink)
    size = max(2, round(PIECE * letter))
    # STRIDE unused places after each line, so that no key + STRIDE is a piece of the next line.
    places = -(-ink.shape[1] // size) + STRIDE
    lines = _joined_lines(ink, letter)[rows, columns].astype(np.int64)
    keys, at, counts = np.unique(
        lines * places + columns // size, return_inverse=True, return_counts=True
    )
    x, y, squares = (np.bincount(at, values) / counts for values in (columns, rows, rows * rows))
    one_line = squares - y * y < (SPREAD * letter) ** 2
    return keys[one_line], x[one_line], y[one_line]


def _joined_lines(ink: NDArray[np.bool_], letter: float) -> NDArray[np.int32]:
    """(height, width): the number of the line that each pixel belongs to."""
    kernel = np.ones((1, max(3, round(JOINED * letter))), np.uint8)
    joined = cv2.morphologyEx(ink.view(np.uint8), cv2.MORPH_CLOSE, kernel)
    _, labels = cv2.connectedComponentsWithAlgorithm(joined, 8, cv2.CV_32S, cv2.CCL_BBDT)
    return np.asarray(labels, np.int32)
