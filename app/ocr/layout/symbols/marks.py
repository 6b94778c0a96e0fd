"""Connected parts of a picture's ink, and the small squares and rings among them, empty or marked,
with white on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.layout.elements import Piece
from app.ocr.layout.kinds.type_size import type_size
from app.ocr.prepare.light import to_gray
from app.ocr.result import Bbox

Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]

# Type size, in pixels, to which the picture is reduced; sizes below are in type sizes.
REDUCED_SIZE = 26.0
SMALLEST, LARGEST = 0.55, 2.0
LEAST_PIXELS = 9
# Width by height of a square or ring.
LEAST_ASPECT, MOST_ASPECT = 0.82, 1.22
# Least share of ink along each side, and along its middle, as corners may be round.
OUTLINE, MIDDLE = 0.86, 0.97
# Least share of ink in the inner part for a cross or tick, and for a radio button's dot.
CHECKED, CHOSEN = 0.05, 0.25
# Least white on both sides; letters are nearer to each other.
CLEAR = 0.18
# The letter O is no larger than this, a radio button is.
LETTER = 0.86
DIRECTIONS = 24
RINGS = "◯◉"
# The median of a picture that is light on dark is below this.
DARK = 110
# Gray levels of 255 by which ink differs from its surroundings.
CONTRAST = 22


@dataclass(frozen=True, slots=True)
class PageInk:
    """Ink of a picture, reduced by scale. size: type size of its text, in pixels of the picture.

    ink: 1 where there is ink. labels, stats: OpenCV's connected components; the first one is the
    paper.
    """

    size: float
    scale: float
    ink: Gray
    labels: NDArray[np.int32]
    stats: NDArray[np.int32]

    @property
    def unit(self) -> float:
        """The type size in pixels of the ink."""
        return self.size / self.scale


def page_ink(pixels: Gray, pieces: Sequence[Piece]) -> PageInk | None:
    """pixels: gray or RGB, of either polarity. None where the pieces have no letters."""
    sizes = [
        size
        for piece in pieces
        if piece.direction != "ttb"
        and (size := type_size("".join(word.text for word in piece.words), piece.bbox.height))
    ]
    if not sizes:
        return None
    size = median(sizes)
    scale = max(1.0, size / REDUCED_SIZE)
    ink = _ink(pixels, scale)
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        ink, 8, cv2.CV_32S, cv2.CCL_BBDT
    )
    return PageInk(size, scale, ink, np.asarray(labels, np.int32), np.asarray(stats, np.int32))


@dataclass(frozen=True, slots=True)
class Mark:
    """symbol: one of ☐ ☒ ◯ ◉; box: in the picture."""

    symbol: str
    box: Bbox


def find_marks(page: PageInk) -> Iterator[Mark]:
    ink, unit, stats = page.ink, page.unit, page.stats
    least = max(LEAST_PIXELS, SMALLEST * unit)
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    fits = (widths >= least) & (heights >= least)
    fits &= (widths <= LARGEST * unit) & (heights <= LARGEST * unit)
    fits &= (widths >= LEAST_ASPECT * heights) & (widths <= MOST_ASPECT * heights)
    fits[0] = False
    for number in np.flatnonzero(fits):
        left, top, width, height = (int(side) for side in stats[number, :4])
        # Most parts are letters, which this test excludes faster than their shape would.
        if not _is_clear(ink, left, top, width, height, round(CLEAR * max(unit, height))):
            continue
        window = np.s_[top : top + height, left : left + width]
        symbol = _symbol(page.labels[window] == number, ink[window] > 0)
        if symbol and (symbol != "◯" or height >= LETTER * unit):
            edges = (left, top, left + width, top + height)
            yield Mark(symbol, Bbox(*(round(edge * page.scale) for edge in edges)))


def _is_clear(ink: Gray, left: int, top: int, width: int, height: int, margin: int) -> bool:
    """Whether there is no ink beside it within the margin."""
    before = ink[top : top + height, max(0, left - margin) : left]
    after = ink[top : top + height, left + width : left + width + margin]
    return not before.any() and not after.any()


def _ink(pixels: Gray, scale: float) -> Gray:
    """1 where the picture is darker than its surroundings, or lighter on a dark page."""
    gray = to_gray(pixels)
    if scale > 1:
        size = round(gray.shape[1] / scale), round(gray.shape[0] / scale)
        gray = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)
    if np.median(gray) < DARK:
        gray = np.asarray(255 - gray, np.uint8)
    side = 2 * round(LARGEST * REDUCED_SIZE) + 1
    found = cv2.adaptiveThreshold(
        gray, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, side, CONTRAST
    )
    return np.asarray(found, np.uint8)


def _symbol(outline: Mask, ink: Mask) -> str | None:
    """outline: the component's own ink; ink: all ink in its box."""
    if outline.mean() > 0.85:
        return None
    if _is_square(outline):
        return "☒" if _inner(ink).mean() >= CHECKED else "☐"
    if _is_ring(outline) and not _has_bar(outline):
        return "◉" if _inner(ink).mean() >= CHOSEN else "◯"
    return None


def _has_bar(outline: Mask) -> bool:
    """Whether a stroke runs through the middle, as in an 8 that is as wide as high."""
    return bool(_inner(outline).all(axis=1).any())


def _inner(ink: Mask) -> Mask:
    height, width = ink.shape
    down, across = round(height * 0.27), round(width * 0.27)
    return ink[down : height - down, across : width - across]


def _is_square(outline: Mask) -> bool:
    """Whether thin straight lines run along the four sides; the corners may be round."""
    height, width = outline.shape
    band = max(2, round(min(height, width) * 0.14))
    sides = (outline[:band], outline[-band:][::-1], outline[:, :band].T, outline[:, -band:].T[::-1])
    return all(map(_is_straight, sides))


def _is_straight(side: Mask) -> bool:
    """side: the outermost band of one side, its outer edge first."""
    length = side.shape[1]
    middle = side[:, length // 7 : length - length // 7]
    filled = middle.any(axis=0)
    if side.any(axis=0).mean() < OUTLINE or filled.mean() < MIDDLE:
        return False
    edge = middle.argmax(axis=0)[filled]
    return bool(edge.max() - edge.min() <= max(1, 0.06 * length))


def _is_ring(outline: Mask) -> bool:
    """Whether ink is near the edge in every direction, none in the corners or inside the ring."""
    height, width = outline.shape
    down, across = np.mgrid[:height, :width]
    distance = np.hypot(
        (down - (height - 1) / 2) / (height / 2), (across - (width - 1) / 2) / (width / 2)
    )
    angle = np.arctan2(down - (height - 1) / 2, across - (width - 1) / 2)
    sector = ((angle + np.pi) / (2 * np.pi) * DIRECTIONS).astype(int) % DIRECTIONS
    near_edge = outline & (distance > 0.68) & (distance <= 1.08)
    covered = len(np.unique(sector[near_edge])) / DIRECTIONS
    between = outline[(distance > 0.52) & (distance < 0.64)]
    corners = outline[distance > 1.14]
    return bool(covered >= 0.95 and corners.mean() < 0.02 and between.mean() < 0.35)
