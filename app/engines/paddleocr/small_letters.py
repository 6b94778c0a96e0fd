"""Height of a page's letters, and places where they are too small for its reduced copy.

Text is detected on a copy with a fixed longer side. That suits a sheet of paper, but a long
screenshot or a drawing loses its letters, and large print would be found faster on a smaller copy.
So letters are measured on the page's own pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engines.runtime.cores import in_parallel
from app.ocr.prepare.glyphs import glyph_boxes
from app.ocr.prepare.light import to_gray
from app.ocr.source.base import Pixels

# Heights in pixels of a lower-case letter on the reduced copy: below LEAST lines run into each
# other, at ENOUGH all are found. LEGIBLE is enough where no smaller letters were measured
# (docs/benchmarks.md), but as notes may be smaller, the ratio is reduced to LEAST_REDUCED at most.
LEAST, ENOUGH, LEGIBLE = 4.5, 8.0, 6.8
LEAST_REDUCED = 0.6
# A page reduced no further than this loses no letters. Often it was reduced before, so that LEGIBLE
# would lose the spaces between its words: this height is enough.
HARDLY_REDUCED, LEGIBLE_SMALL_PAGE = 0.85, 9.0
# Letters of one size on grainy paper, such as worn typing, lose thin strokes on a smaller copy if
# they are lower than this on the usual one (docs/benchmarks.md).
WORN, ONE_SIZE, GRAINY = 11.0, 1.25, 1.0
# Without letters this much taller than the small ones, a window has digits or capitals only. They
# count as letters that are lower by this factor, because their rows are close together for their
# height.
MIXED_SIZES, OF_DIGIT = 1.2, 1.7
WINDOW = 512
# Reduced more than this, all windows of a page are measured, else every third one where there are
# more than a few.
STRONGLY_REDUCED = 0.3
SAMPLED, FEW_WINDOWS = 3, 12
# Least difference in gray level between ink and its neighbourhood, also as a multiple of the
# difference between adjacent pixels, which grain makes large; the neighbourhood's side in pixels.
CONTRAST, ABOVE_GRAIN = 24, 4
NEIGHBOURHOOD = 41
# Least number of letters in rows in a window of text; most letters compared in one window.
IN_A_ROW = 8
COMPARED = 400
# Least number of small letters on a page, as fewer are dirt: if strongly reduced, and if not.
FEW_LETTERS, MANY_LETTERS = 30, 60

Heights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SmallLetters:
    """windows: (n, 4) left, top, right, bottom in pixels; ratio: reduction that shows them all;
    least_ratio: one at which lines do not yet run into each other."""

    windows: NDArray[np.int64]
    ratio: float
    least_ratio: float

    def are_in(self, left: int, top: int, right: int, bottom: int) -> bool:
        lefts, tops, rights, bottoms = self.windows.T
        inside = (lefts < right) & (rights > left) & (tops < bottom) & (bottoms > top)
        return bool(inside.any())


class Letters(NamedTuple):
    """small: None where all letters are large enough on a copy reduced by the given ratio. ratio:
    reduction that shows the page's other letters well enough, at most the given one."""

    small: SmallLetters | None
    ratio: float


def find_letters(pixels: Pixels, ratio: float) -> Letters:
    """ratio: reduction of a copy of the page (0-1)."""
    strongly = ratio < STRONGLY_REDUCED
    enough = FEW_LETTERS if strongly else MANY_LETTERS

    def letters_in(corner: tuple[int, int]) -> Heights:
        left, top = corner
        return heights_in_rows(pixels[top : top + WINDOW, left : left + WINDOW])

    corners = _windows(pixels)
    if not strongly and len(corners) > FEW_WINDOWS:
        corners = corners[::SAMPLED]
    heights = in_parallel(letters_in, corners)
    found = [at for at, each in enumerate(heights) if len(each) >= IN_A_ROW]
    small = [at for at in found if _typical(heights[at]) < LEAST / ratio]
    if sum(len(heights[at]) for at in small) >= enough:
        windows = [(x, y, x + WINDOW, y + WINDOW) for x, y in (corners[at] for at in small)]
        ratios = (min(1.0, each / _smallest(heights, small)) for each in (ENOUGH, LEAST))
        return Letters(SmallLetters(np.array(windows, np.int64), *ratios), ratio)
    if sum(len(heights[at]) for at in found) < MANY_LETTERS:
        return Letters(None, ratio)
    if _is_worn(pixels, [corners[at] for at in found], [heights[at] for at in found], ratio):
        return Letters(None, ratio)
    lowest = LEAST_REDUCED * ratio
    legible = LEGIBLE_SMALL_PAGE if ratio >= HARDLY_REDUCED else LEGIBLE
    return Letters(None, min(ratio, max(lowest, legible / _smallest(heights, found))))


def _is_worn(
    pixels: Pixels, corners: list[tuple[int, int]], heights: list[Heights], ratio: float
) -> bool:
    """corners, heights: of the windows with letters."""
    typical = [_typical(each) for each in heights]
    smallest = float(np.percentile(typical, 10))
    if smallest * ratio >= WORN or float(np.median(typical)) >= ONE_SIZE * smallest:
        return False
    windows = (pixels[top : top + WINDOW, left : left + WINDOW] for left, top in corners)
    return float(np.median([_grain(to_gray(window)) for window in windows])) >= GRAINY


def _grain(gray: Pixels) -> float:
    return float(np.median(cv2.absdiff(gray[:, 1:], gray[:, :-1])))


def _smallest(heights: list[Heights], windows: list[int]) -> float:
    """Smallest typical height in the windows, apart from the lowest tenth, which may be dirt."""
    return float(np.percentile([_typical(heights[at]) for at in windows], 10))


def _windows(pixels: Pixels) -> list[tuple[int, int]]:
    """Corners (left, top) of all windows. The number of columns is no multiple of SAMPLED, so that
    every third window falls on every column."""
    height, width = pixels.shape[:2]
    columns = list(range(0, width, WINDOW))
    if len(columns) % SAMPLED == 0:
        columns.append(width)  # an empty one
    return [(left, top) for top in range(0, height, WINDOW) for left in columns]


def _typical(heights: Heights) -> float:
    """Height of a lower-case letter, where the heights include capitals and large print."""
    low, high = map(float, np.percentile(heights, (25, 90)))
    return low if high >= MIXED_SIZES * low else low / OF_DIGIT


def heights_in_rows(window: Pixels) -> Heights:
    """Heights in pixels of the letters that are in a row with others."""
    if min(window.shape[:2]) < IN_A_ROW:
        return np.zeros(0)
    gray = to_gray(window)
    around = cv2.blur(gray, (NEIGHBOURHOOD, NEIGHBOURHOOD))
    contrast = max(CONTRAST, ABOVE_GRAIN * _grain(gray))
    dark, light = (
        _followed(_letters(difference > contrast))
        for difference in (cv2.subtract(around, gray), cv2.subtract(gray, around))
    )
    # The paper between letters also differs from its neighbourhood, in fewer and odder shapes.
    return max(dark, light, key=len)


def _letters(ink: NDArray[np.bool_]) -> Heights:
    boxes = glyph_boxes(ink)
    start = max(0, (len(boxes) - COMPARED) // 2)
    return boxes[start : start + COMPARED].astype(np.float64)


def _followed(boxes: Heights) -> Heights:
    """Heights of those boxes (n, 4) that are followed by a similar one on the same line."""
    left, top, width, height = boxes.T
    bottom, right = top + height, left + width
    alike = np.minimum.outer(height, height) >= 0.6 * np.maximum.outer(height, height)
    level = np.abs(np.subtract.outer(bottom, bottom)) <= 0.3 * height
    gap = np.subtract.outer(left, right)  # from the column's box to the row's box
    follows = (gap >= -0.2 * height) & (gap <= 1.2 * height)
    np.fill_diagonal(follows, val=False)
    return np.asarray(height[(alike & level & follows).any(axis=0)], np.float64)
