"""Pages whose lines are curved or fan out: book pages near the spine, photos from the side.

The slope of the lines is modelled as a smooth field, cubic across the page and linear down, as a
cylinder and a perspective make it. Lines then solve dy/dx = a(x) + b(x) y, so to level them each
column of the page only has to be shifted and stretched.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.source.base import Pixels

from .slopes import Floats, Slopes, line_slopes

FEWEST_SLOPES = 40
# Letter heights from first to last line: fewer say nothing about the page above and below them.
FEWEST_LETTER_HEIGHTS = 10
# A page is bent if the slopes of its lines differ by this much (95th less 5th percentile): drawn
# flat pages show up to 0.014, photos of bent ones 0.058 and more ...
BENT = 0.035
# ... and if the field leaves unexplained at most this share of what a single slope leaves.
UNEXPLAINED = 0.7
ROUNDS = 4
COLUMNS = 65
# Rows mapped at a time, to bound the memory for a large page.
BAND = 512
# No camera stretches one part of a page this much more than another: such a field is chance.
MOST_STRETCHED = 2.0
# The level page may be this many times as high as the bent one.
TALLEST = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """Row y of the level page is row gain * y + shift (page heights) of the bent one; for COLUMNS
    places from the left edge to the right one. sag: letter heights by which lines depart from
    straight ones; small where they only fan out."""

    gain: Floats
    shift: Floats
    sag: float

    def levelled(self, pixels: Pixels, fill: int) -> tuple[Pixels, int]:
        """The page with level lines, and its first row, negative where it extends above the old."""
        height, width = pixels.shape[:2]
        gain, shift = self._at(np.linspace(0, 1, width))
        top, bottom = self._extent()
        rows = np.arange(round(top * height), round(bottom * height))
        bands = [
            _rows_of(pixels, rows[at : at + BAND, None] * gain + shift * height, fill)
            for at in range(0, len(rows), BAND)
        ]
        return np.vstack(bands), int(rows[0])

    def bent(self, points: Floats, width: int, height: int) -> Floats:
        """(n, 2) points of the level page, mapped onto the bent one of this size, in pixels."""
        x, y = points.T
        gain, shift = self._at(x / max(1, width - 1))
        return np.stack([x, gain * y + shift * height], axis=1)

    def _at(self, x: Floats) -> tuple[Floats, Floats]:
        places = np.linspace(0, 1, len(self.gain))
        return np.interp(x, places, self.gain), np.interp(x, places, self.shift)

    def _extent(self) -> tuple[float, float]:
        """First and last row of the level page that show any of the bent one, in page heights."""
        spare = (TALLEST - 1) / 2
        top = float((-self.shift / self.gain).min())
        bottom = float(((1 - self.shift) / self.gain).max())
        return max(-spare, min(0.0, top)), min(1 + spare, max(1.0, bottom))


def find_bend(ink: NDArray[np.bool_], letter: float) -> Bend | None:
    """None for a page whose lines are straight and parallel, or that has too few of them.

    ink: (height, width). letter: height of a lower-case letter in pixels, 0 if unknown.
    """
    if not letter:
        return None
    slopes = line_slopes(ink, letter)
    if len(slopes.values) < FEWEST_SLOPES:
        return None
    if np.ptp(slopes.y) * ink.shape[0] < FEWEST_LETTER_HEIGHTS * letter:
        return None
    terms = _terms(slopes.x, slopes.y)
    field = _robust_fit(terms, slopes.values)
    fitted = terms @ field
    low, high = np.percentile(fitted, [5, 95])
    left_over = np.median(np.abs(slopes.values - fitted))
    without = np.median(np.abs(slopes.values - np.median(slopes.values)))
    if high - low < BENT or left_over > UNEXPLAINED * without:
        return None
    bend = _integrated(field, slopes, ink.shape, letter)
    return bend if bend.gain.max() < MOST_STRETCHED * bend.gain.min() else None


def _rows_of(pixels: Pixels, map_y: Floats, fill: int) -> Pixels:
    columns = np.arange(pixels.shape[1], dtype=np.float32)
    map_x = np.ascontiguousarray(np.broadcast_to(columns, map_y.shape))
    border = (fill,) * 3
    mapped = cv2.remap(pixels, map_x, map_y.astype(np.float32), cv2.INTER_CUBIC, borderValue=border)
    return np.asarray(mapped, np.uint8)


def _terms(x: Floats, y: Floats) -> Floats:
    """(n, 8): powers of x from 0 to 3, alone and times y."""
    powers = np.stack([np.ones_like(x), x, x**2, x**3], axis=1)
    return np.hstack([powers, powers * y[:, None]])


def _robust_fit(terms: Floats, slopes: Floats) -> Floats:
    """Least squares, reweighted each round so that pictures and rules lose their influence."""
    weights = np.ones(len(slopes))
    for _ in range(ROUNDS):
        field, *_ = np.linalg.lstsq(terms * weights[:, None], slopes * weights, rcond=None)
        off = np.abs(slopes - terms @ field)
        weights = 1 / (1 + (off / max(1e-4, 2 * float(np.median(off)))) ** 2)
    return np.asarray(field, np.float64)


def _integrated(field: Floats, slopes: Slopes, shape: tuple[int, ...], letter: float) -> Bend:
    """Follows lines both ways from the middle of the page, whose rows stay in place."""
    height, width = shape
    x = np.linspace(0, 1, COLUMNS)
    first, last = np.percentile(slopes.x, [1, 99])
    # Nothing is known beyond the text: a line continues with its last slope.
    known = np.clip(x, first, last)
    powers = _terms(known, np.zeros_like(x))[:, :4] * (width / height)
    gain = np.exp(_integral(powers @ field[4:], x))
    shift = gain * _integral(powers @ field[:4] / gain, x)
    lines = gain * np.percentile(slopes.y, [[1], [99]]) + shift
    return Bend(gain, shift, _sag(x, lines, (first <= x) & (x <= last)) * height / letter)


def _sag(x: Floats, lines: Floats, within: NDArray[np.bool_]) -> float:
    """The largest departure of the (n, COLUMNS) lines from straight ones, in page heights."""
    if within.sum() < 2:
        return 0.0
    straight = np.polynomial.polynomial.polyfit(x[within], lines[:, within].T, 1)
    across = np.polynomial.polynomial.polyval(x[within], straight)
    return float(np.abs(lines[:, within] - across).max())


def _integral(values: Floats, x: Floats) -> Floats:
    """The integral from the middle of x to each place, by trapezoids."""
    total = np.r_[0.0, np.cumsum(np.diff(x) * (values[1:] + values[:-1]) / 2)]
    return np.asarray(total - total[len(total) // 2], np.float64)
