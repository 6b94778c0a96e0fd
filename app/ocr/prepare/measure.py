"""Measures of a page, taken on a reduced copy in a few milliseconds."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.source.base import Pixels

from .bend import Bend, find_bend
from .glyphs import glyph_boxes, text_height
from .light import background_levels, enlarged, to_gray
from .skew import find_skew, is_level

MEASURE_SIDE = 1000
DARKEST_PAPER = 60
CRISP_FLATNESS = 0.65
# Sides of the corner in which noise is measured, and of the tiles it is measured in.
NOISE_SIDE = 1024
TILE = 32


@dataclass(frozen=True, slots=True)
class Measures:
    """background: gray level of the paper. dark: light text on it. unevenness: spread (0-255) of
    the paper's level across the page. noise: standard deviation of flat areas. text_height: pixels
    of a typical lower-case letter, 0 if nothing looks like text. skew: degrees clockwise. margin:
    pixels between the edge of the page and the ink nearest to it. flatness: share (0-1) of pixels
    that have exactly the paper's level: most of a rendered page, few of a photographed one. bend:
    None if the lines are straight and parallel."""

    background: int
    dark: bool
    unevenness: float
    noise: float
    text_height: float
    skew: float
    margin: float
    flatness: float
    bend: Bend | None = None

    @property
    def crisp(self) -> bool:
        """Whether it was rendered, not scanned, photographed or dithered."""
        return self.flatness > CRISP_FLATNESS


def measure(pixels: Pixels) -> Measures:
    gray = to_gray(pixels)
    ratio = min(1.0, MEASURE_SIDE / max(gray.shape))
    small = _reduced(gray, ratio)
    levels = background_levels(small)
    background = int(np.median(levels))
    dark = _is_dark(small, background)
    ink = _ink(small, enlarged(levels, small.shape), dark)
    letter, level = text_height(glyph_boxes(ink)), is_level(ink)
    measures = Measures(
        background=background,
        dark=dark,
        unevenness=_spread(levels),
        noise=_noise(gray),
        text_height=letter / ratio,
        skew=0.0 if level else find_skew(ink),
        margin=_margin(ink) / ratio,
        flatness=float(np.count_nonzero(small == background)) / small.size,
    )
    straight = level and measures.crisp
    return measures if straight else replace(measures, bend=find_bend(ink, letter))


def _reduced(gray: Pixels, ratio: float) -> Pixels:
    if ratio == 1.0:
        return gray
    height, width = gray.shape
    size = max(1, round(width * ratio)), max(1, round(height * ratio))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)


def _is_dark(gray: Pixels, background: int) -> bool:
    """Whether the paper is dark and the ink lighter."""
    return background < 110 and float(np.percentile(gray, 98)) > background + 40


def _ink(gray: Pixels, level: Pixels, dark: bool) -> NDArray[np.bool_]:
    difference = cv2.subtract(gray, level) if dark else cv2.subtract(level, gray)
    threshold, _ = cv2.threshold(difference, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink: NDArray[np.bool_] = difference > max(20.0, threshold)
    return ink


def _spread(levels: Pixels) -> float:
    """Spread of the paper's level, without black frames and the dark desk around a page."""
    paper = levels[levels > DARKEST_PAPER]
    if paper.size < levels.size * 0.2:
        return 0.0
    low, high = np.percentile(paper, [5, 95])
    return float(high - low)


def _noise(gray: Pixels) -> float:
    """The Laplacian's spread (Immerkaer 1996), a low percentile over tiles: text hardly counts."""
    height, width = (min(NOISE_SIDE, side) // TILE * TILE or side for side in gray.shape)
    second = np.array([1.0, -2.0, 1.0])
    response = cv2.sepFilter2D(gray[:height, :width], cv2.CV_16S, second, second)
    # A quarter of the response fits into eight bits, even for dithered black and white.
    strength = cv2.convertScaleAbs(response, alpha=0.25)
    if min(height, width) < TILE:
        return float(np.median(strength))
    tiles = cv2.resize(strength, (width // TILE, height // TILE), interpolation=cv2.INTER_AREA)
    return float(np.percentile(tiles, 30)) * 4 * 0.2089


def _margin(ink: NDArray[np.bool_]) -> int:
    height, width = ink.shape
    left, top, ink_width, ink_height = cv2.boundingRect(ink.view(np.uint8))
    return int(min(left, top, width - left - ink_width, height - top - ink_height))
