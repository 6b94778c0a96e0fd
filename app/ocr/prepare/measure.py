"""What a page is like, measured on a reduced copy of it in a few milliseconds."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.source.base import Pixels

from .light import background_of, to_gray
from .skew import find_skew

MEASURE_SIDE = 1000
SMALLEST_GLYPH = 4
TYPICAL_GLYPHS = 12
DARKEST_PAPER = 60


@dataclass(frozen=True, slots=True)
class Measures:
    """background: gray level of the paper. dark: light text on it. unevenness: spread (0-255) of
    the paper's level across the page. noise: standard deviation of flat areas. text_height: pixels
    of a typical lower-case letter, 0 if nothing looks like text. skew: degrees clockwise."""

    background: int
    dark: bool
    unevenness: float
    noise: float
    text_height: float
    skew: float


def measure(pixels: Pixels) -> Measures:
    gray = to_gray(pixels)
    ratio = min(1.0, MEASURE_SIDE / max(gray.shape))
    small = _reduced(gray, ratio)
    level = background_of(small)
    background = int(np.median(level))
    dark = _is_dark(small, background)
    ink = _ink(small, level, dark)
    return Measures(
        background=background,
        dark=dark,
        unevenness=_spread(level),
        noise=_noise(gray),
        text_height=_text_height(ink) / ratio,
        skew=find_skew(ink),
    )


def _reduced(gray: Pixels, ratio: float) -> Pixels:
    if ratio == 1.0:
        return gray
    height, width = gray.shape
    size = max(1, round(width * ratio)), max(1, round(height * ratio))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)


def _is_dark(gray: Pixels, background: int) -> bool:
    """Light text on dark: the paper is dark and what stands out from it is lighter."""
    return background < 110 and float(np.percentile(gray, 98)) > background + 40


def _ink(gray: Pixels, level: Pixels, dark: bool) -> NDArray[np.bool_]:
    difference = cv2.subtract(gray, level) if dark else cv2.subtract(level, gray)
    threshold, _ = cv2.threshold(difference, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink: NDArray[np.bool_] = difference > max(20.0, threshold)
    return ink


def _spread(level: Pixels) -> float:
    """Without black frames and the dark desk around a page."""
    paper = level[level > DARKEST_PAPER]
    if paper.size < level.size * 0.2:
        return 0.0
    low, high = np.percentile(paper[:: max(1, paper.size // 20_000)], [5, 95])
    return float(high - low)


def _noise(gray: Pixels) -> float:
    """Median over tiles of the Laplacian's spread (Immerkaer 1996), so that text hardly counts."""
    window = gray[: gray.shape[0] // 32 * 32 or None, : gray.shape[1] // 32 * 32 or None]
    window = window[:1024, :1024] if min(window.shape) >= 32 else gray
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    response = np.abs(cv2.filter2D(window, cv2.CV_32F, kernel))
    if min(window.shape) < 32:
        return float(np.median(response)) / 4
    height, width = window.shape
    tiles = response.reshape(height // 32, 32, width // 32, 32).mean(axis=(1, 3))
    return float(np.percentile(tiles, 30)) * 0.2089


def _text_height(ink: NDArray[np.bool_]) -> float:
    """Median height of ink blobs shaped like letters."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    widths, heights = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = heights[
        (heights >= SMALLEST_GLYPH)
        & (heights < ink.shape[0] * 0.5)
        & (widths < heights * 3)
        & (heights < widths * 6)
    ]
    return float(np.median(letters)) if len(letters) >= TYPICAL_GLYPHS else 0.0
