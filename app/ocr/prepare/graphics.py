"""Rules, filled areas and pictures found in a page picture, on a reduced copy of it."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.layout.elements import Fill, Rule
from app.ocr.result import Bbox
from app.ocr.source.base import Pixels

Mask = NDArray[np.uint8]
Graphics = tuple[tuple[Rule, ...], tuple[Fill, ...], tuple[Bbox, ...]]

# A page is looked at with about this many pixels on its longer side: 150 dpi for A4.
SIDE = 1800
# In pixels of the reduced page: longer than the strokes of letters, shorter than a table's row.
ACROSS = 36
DOWN = 26
THICKNESS = 6
# A leaning rule is given in parts that rise no more than this.
RISE = 3
# Darker than what is around by so much of 255.
CONTRAST = 20
# Share of ink in the two rows of pixels beside a rule: letters that it touches.
BESIDE = 0.2
# An area is looked for at a quarter of the reduced size and has at least this side there.
AREA_SIDE = 4
PICTURE_SIDE = 24
# Difference to the paper, and the spread of brightness in a photo.
TINT = 9
SPREAD = 22.0
MOST_RULES = 4000


def graphics_of_picture(pixels: Pixels) -> Graphics:
    """pixels: upright page, gray or RGB. Boxes are pixels of it; rules may lean up to a degree."""
    gray = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    scale = max(1.0, max(gray.shape) / SIDE)
    small = _reduced(gray, scale)
    fills, pictures = _areas(small)
    rules = [
        Rule(_enlarged(box, scale))
        for box in _rules(small)
        if not any(_holds(picture, box) for picture in pictures)
    ]
    return (
        tuple(rules[:MOST_RULES]),
        tuple(Fill(_enlarged(box, scale), level) for box, level in fills),
        tuple(_enlarged(box, scale) for box in pictures),
    )


def _reduced(gray: Pixels, scale: float) -> Pixels:
    if scale == 1.0:
        return gray
    size = round(gray.shape[1] / scale), round(gray.shape[0] / scale)
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _rules(small: Pixels) -> Iterator[Bbox]:
    """Dark on light and light on dark: what differs from the mean around it, in long runs."""
    around = cv2.blur(small, (15, 15))
    for ink in (cv2.subtract(around, small), cv2.subtract(small, around)):
        mask = np.asarray(ink > CONTRAST, dtype=np.uint8)
        yield from _runs(mask, ACROSS)
        for left, top, right, bottom in _runs(np.ascontiguousarray(mask.T), DOWN):
            yield Bbox(top, left, bottom, right)


def _runs(mask: Mask, length: int) -> Iterator[Bbox]:
    """Horizontal runs of ink at least so long that have white above and below, unlike letters."""
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    thin = stats[:, cv2.CC_STAT_AREA] <= THICKNESS * stats[:, cv2.CC_STAT_WIDTH]
    thin[0] = False
    boxes: list[Bbox] = []
    for number in np.flatnonzero(thin)[:MOST_RULES]:
        left, top, width, height = (int(value) for value in stats[number, :4])
        if height <= RISE + 1:
            boxes.append(Bbox(left, top, left + width, top + height))
        else:
            part = labels[top : top + height, left : left + width] == number
            boxes += _parts(part, left, top)
    return iter(_apart(boxes, mask))


def _apart(boxes: list[Bbox], mask: Mask) -> list[Bbox]:
    """Those with hardly any ink beside them; the other side may be another rule."""
    sums = cv2.integral(mask)
    height = mask.shape[0]

    def share(left: int, right: int, top: int, bottom: int) -> float:
        top, bottom = max(0, top), min(height, bottom)
        if bottom <= top:
            return 0.0
        ink = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return float(ink) / ((bottom - top) * (right - left))

    found = []
    for box in boxes:
        left, top, right, bottom = box
        sides = share(left, right, top - 4, top - 2), share(left, right, bottom + 2, bottom + 4)
        if min(sides) <= BESIDE and (max(sides) <= BESIDE or max(sides) >= 1 - BESIDE):
            found.append(box)
    return found


def _parts(part: NDArray[np.bool_], left: int, top: int) -> Iterator[Bbox]:
    """A leaning run cut across where it has risen too far."""
    height, width = part.shape
    step = max(8, round(width * RISE / height))
    for start in range(0, width, step):
        rows = np.flatnonzero(part[:, start : start + step].any(axis=1))
        if rows.size and rows[-1] - rows[0] <= THICKNESS:
            end = min(width, start + step)
            yield Bbox(left + start, top + int(rows[0]), left + end, top + int(rows[-1]) + 1)


def _areas(small: Pixels) -> tuple[list[tuple[Bbox, int]], list[Bbox]]:
    """Areas that are not paper: even ones with their gray, uneven ones, which are pictures."""
    tiny = cv2.resize(small, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = int(np.percentile(tiny, 90))
    tinted = np.asarray(cv2.absdiff(tiny, np.full_like(tiny, paper)) > TINT, dtype=np.uint8)
    # Lines of text are not as high as this; coloured rows are.
    solid = cv2.morphologyEx(tinted, cv2.MORPH_OPEN, np.ones((AREA_SIDE, AREA_SIDE), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    fills: list[tuple[Bbox, int]] = []
    pictures: list[Bbox] = []
    for number in range(1, min(count, 400)):
        left, top, width, height, area = (int(value) for value in stats[number])
        if area < 0.5 * width * height or width < 2 * AREA_SIDE:
            continue
        box = Bbox(left * 4, top * 4, (left + width) * 4, (top + height) * 4)
        inside = tiny[top : top + height, left : left + width]
        own = inside[labels[top : top + height, left : left + width] == number]
        level = int(np.median(own))
        spread = float(np.mean(np.abs(own.astype(np.int16) - level)))
        if spread > SPREAD:
            if min(width, height) >= PICTURE_SIDE:
                pictures.append(box)
        else:
            fills.append((box, level))
    return fills, pictures


def _enlarged(box: Bbox, scale: float) -> Bbox:
    left, top, right, bottom = (round(side * scale) for side in box)
    return Bbox(left, top, max(left + 1, right), max(top + 1, bottom))


def _holds(area: Bbox, box: Bbox) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return area.left < x < area.right and area.top < y < area.bottom
