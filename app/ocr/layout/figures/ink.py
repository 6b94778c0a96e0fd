"""Areas of ink in a page's picture that is neither text nor rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.layout.elements import PageElements
from app.ocr.result import Bbox, Block
from app.ocr.source.base import Pixels

Mask = NDArray[np.uint8]
# The reduced picture has about this many pixels on its longer side: 85 dpi for A4.
SIDE = 1000
# Ink differs from the mean of a square of this side by at least this much of 255.
AROUND, CONTRAST = 15, 16
DARK = 128
# Gaps of up to this many line heights do not separate areas of ink.
GAP = 1.0
# Share of a word's height by which its ink may extend beyond its box on each side.
MARGIN = 0.2
# Least side, in line heights, and share of ink of a figure in which no picture was detected.
LEAST_SIDE, LEAST_INK = 7.0, 0.05
# A frame has no ink further from its sides than this share of them.
HOLLOW = 0.2
# An area nearer to the edge than EDGE and smaller than AT_EDGE, as shares of the page, lies around
# the paper, ...
AT_EDGE, EDGE = 0.12, 0.012
# ... and so does one there with less than this share of joined ink.
FULL = 0.5


def ink_areas(
    pixels: Pixels, elements: PageElements, blocks: Sequence[Block], unit: float
) -> list[Bbox]:
    """Areas of figures. elements: with the pictures detected in pixels; each is joined with the ink
    around it. blocks: the layout of the same page. unit: height of a usual line."""
    # Reduction by a whole number is several times faster.
    scale = max(1, round(max(elements.width, elements.height) / SIDE))
    pictures = [_scaled(box, 1 / scale) for box in elements.pictures]
    ink = _without(_ink(pixels, scale), _text_and_rules(elements, blocks), scale)
    for box in pictures:
        ink[box.top : box.bottom, box.left : box.right] = 1
    size = max(1, round(GAP * unit / scale))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    seen = {label for box in pictures for label in _labels(np.asarray(labels), box)}
    sums = np.asarray(cv2.integral(ink), np.int32)
    page = Bbox(0, 0, ink.shape[1], ink.shape[0])
    areas = []
    for label, (left, top, width, height, area) in enumerate(stats[1:].tolist(), start=1):
        box = Bbox(left, top, left + width, top + height)
        if _is_around_paper(box, area, page):
            continue
        if _share(box, sums, HOLLOW) and (label in seen or _is_drawing(box, sums, unit / scale)):
            areas.append(_scaled(box, scale))
    return areas


def _ink(pixels: Pixels, scale: int) -> Mask:
    """1 where a pixel is darker than its surroundings, or lighter on a dark page."""
    height, width = (max(1, side // scale) for side in pixels.shape[:2])
    whole = pixels[: height * scale, : width * scale]
    small = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    gray = small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    around = cv2.blur(gray, (AROUND, AROUND))
    is_dark = np.median(gray[::8, ::8]) < DARK
    difference = cv2.subtract(gray, around) if is_dark else cv2.subtract(around, gray)
    return np.asarray(difference > CONTRAST, np.uint8)


def _text_and_rules(elements: PageElements, blocks: Sequence[Block]) -> Iterator[Bbox]:
    for block in blocks:
        if block.cells:
            yield block.bbox
        for line in block.lines:
            for word in line.words:
                left, top, right, bottom = word.bbox
                margin = round(MARGIN * min(bottom - top, right - left))
                yield Bbox(left - margin, top - margin, right + margin, bottom + margin)
    for rule in elements.rules:
        left, top, right, bottom = rule.bbox
        yield Bbox(left - 2, top - 2, right + 2, bottom + 2)


def _without(ink: Mask, boxes: Iterable[Bbox], scale: int) -> Mask:
    for box in boxes:
        left, top, right, bottom = (max(0, round(side / scale)) for side in box)
        ink[top : bottom + 1, left : right + 1] = 0
    return ink


def _labels(labels: NDArray[Any], box: Bbox) -> set[int]:
    part = labels[box.top : box.bottom, box.left : box.right]
    return {int(label) for label in np.unique(part)} - {0}


def _is_drawing(box: Bbox, sums: NDArray[np.int32], unit: float) -> bool:
    """Whether it is too large and full to be noise."""
    large = min(box.width, box.height) >= LEAST_SIDE * unit
    return large and _share(box, sums) >= LEAST_INK


def _share(box: Bbox, sums: NDArray[np.int32], edge: float = 0.0) -> float:
    """Share of ink in the box without an edge of this share of its sides."""
    across, down = int(edge * box.width), int(edge * box.height)
    left, top, right, bottom = (
        box.left + across,
        box.top + down,
        box.right - across,
        box.bottom - down,
    )
    ink = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return float(ink) / max(1, (right - left) * (bottom - top))


def _is_around_paper(box: Bbox, area: int, page: Bbox) -> bool:
    """Whether it is desk, shadow or the next page at the picture's edge. area: joined pixels."""
    near = EDGE * max(page.width, page.height)
    touches = (
        box.left <= near
        or box.top <= near
        or box.right >= page.width - near
        or box.bottom >= page.height - near
    )
    size = box.width * box.height
    return touches and (size < AT_EDGE * page.width * page.height or area < FULL * size)


def _scaled(box: Bbox, factor: float) -> Bbox:
    left, top, right, bottom = (round(side * factor) for side in box)
    return Bbox(left, top, max(left + 1, right), max(top + 1, bottom))
