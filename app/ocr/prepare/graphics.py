"""Rules, filled areas and pictures found in a page picture, on a reduced copy of it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.layout.elements import Fill, Rule
from app.ocr.result import Bbox
from app.ocr.source.base import Pixels

Mask = NDArray[np.uint8]
Graphics = tuple[tuple[Rule, ...], tuple[Fill, ...], tuple[Bbox, ...]]

# A page is looked at with about this many pixels on its longer side: 110 dpi for A4.
SIDE = 1300
# In pixels of the reduced page: longer than the strokes of letters.
ACROSS = 28
DOWN = 20
# Lower vertical ones that meet no horizontal one are strokes of letters.
LONE = 50
THICKNESS = 5
# Darker than what is around by so much of 255.
CONTRAST = 20
# Share of ink in the two rows of pixels beside a rule: letters that it touches.
BESIDE = 0.2
# No letters are in touch over so many times the least length.
SURE = 3
MOST_RULES = 3000
# Areas are looked for at a quarter of the reduced size and have at least this side there.
TINY = 4
AREA_SIDE = 3
PICTURE_SIDE = 16
# Difference of colour to the paper, shares of paper in an area, and of its main colour in a fill
# and at the fill's edges.
TINT = 9
PAPER_IN_FILL = 0.35
PAPER_IN_PICTURE = 0.12
EVEN_IN_FILL = 0.5
EVEN_AT_EDGE = 0.2
# In a photo so many of 32 grays do not make up this share.
FLAT_COLOURS = 5
FLAT_SHARE = 0.7
# Larger than letters, in pixels of the reduced page.
DRAWING_WIDTH = 60
DRAWING_HEIGHT = 40


def graphics_of_picture(pixels: Pixels) -> Graphics:
    """pixels: upright page, gray or RGB. Boxes are pixels of it; a leaning rule comes in parts."""
    # Whole factors are several times as fast.
    scale = max(1, round(max(pixels.shape[:2]) / SIDE))
    small = _reduced_gray(pixels, scale)
    if min(small.shape) < ACROSS:
        return (), (), ()
    paper = int(np.percentile(small[::TINY, ::TINY], 85))
    tinted = np.asarray(np.abs(small.astype(np.int16) - paper) > TINT, dtype=np.uint8)
    fills, pictures = _areas(small, tinted, paper)
    lines, letters = _rules(small, fills, paper)
    pictures += _drawings(letters)
    rules = [box for box in lines if not _inside_any(box, pictures)]
    return (
        tuple(Rule(_enlarged(box, scale)) for box in rules),
        tuple(Fill(_enlarged(box, scale), level) for box, level in fills),
        tuple(_enlarged(box, scale) for box in pictures),
    )


def _reduced_gray(pixels: Pixels, scale: int) -> Pixels:
    gray = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if scale > 1:
        size = max(1, gray.shape[1] // scale), max(1, gray.shape[0] // scale)
        gray = gray[: size[1] * scale, : size[0] * scale]
        gray = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    return np.asarray(gray, dtype=np.uint8)


def _rules(small: Pixels, fills: list[tuple[Bbox, int]], paper: int) -> tuple[list[Bbox], Mask]:
    """Dark lines, and light ones on dark pages and in coloured areas; and what else is ink."""
    around = cv2.blur(small, (11, 11))
    light = cv2.subtract(small, around)
    if paper < 128:
        return _lines(np.asarray(light > CONTRAST, dtype=np.uint8))
    lines, letters = _lines(np.asarray(cv2.subtract(around, small) > CONTRAST, dtype=np.uint8))
    for box, level in fills:
        part = slice(box.top, box.bottom), slice(box.left, box.right)
        bright = (light[part] > CONTRAST) & (small[part] > min(254, level + CONTRAST))
        for left, top, right, bottom in _lines(np.asarray(bright, dtype=np.uint8))[0]:
            lines.append(Bbox(left + box.left, top + box.top, right + box.left, bottom + box.top))
    return lines, letters


def _lines(mask: Mask) -> tuple[list[Bbox], Mask]:
    """Horizontal and vertical lines, and the ink without them."""
    across, straight = _runs(mask, ACROSS)
    turned, upright = _runs(np.ascontiguousarray(mask.T), DOWN)
    down = [Bbox(top, left, bottom, right) for left, top, right, bottom in turned]
    down = [box for box in down if box.height >= LONE or _touches(box, across)]
    return across + down, np.asarray(mask & ~(straight | upright.T), dtype=np.uint8)


def _touches(down: Bbox, across: list[Bbox]) -> bool:
    return any(
        box.left - 4 <= down.left <= box.right + 4 and down.top - 4 <= box.top <= down.bottom + 4
        for box in across
    )


def _drawings(ink: Mask) -> list[Bbox]:
    """Connected ink that is neither straight nor as small as letters: curves of charts."""
    height, width = (side // 2 * 2 for side in ink.shape)
    pooled = ink[:height:2, :width:2] | ink[1:height:2, :width:2]
    pooled |= ink[:height:2, 1:width:2] | ink[1:height:2, 1:width:2]
    _, _, stats, _ = cv2.connectedComponentsWithStats(pooled, connectivity=8)
    wide = stats[:, cv2.CC_STAT_WIDTH] >= DRAWING_WIDTH // 2
    high = stats[:, cv2.CC_STAT_HEIGHT] >= DRAWING_HEIGHT // 2
    return [
        Bbox(2 * left, 2 * top, 2 * (left + across), 2 * (top + down))
        for left, top, across, down in stats[1:, :4][(wide & high)[1:]].tolist()
    ]


def _runs(mask: Mask, length: int) -> tuple[list[Bbox], Mask]:
    """Thin horizontal runs of ink at least so long that have white beside them, unlike letters."""
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    # Runs as (row, start, end), from where the flattened rows, one white pixel between, change.
    stride = opened.shape[1] + 1
    flat = np.zeros(opened.shape[0] * stride + 1, np.int8)
    flat[1:].reshape(opened.shape[0], stride)[:, :-1] = opened
    change = np.flatnonzero(np.diff(flat))
    rows, starts = np.divmod(change[::2], stride)
    ends = change[1::2] - rows * stride
    boxes: list[Bbox] = []
    growing: list[Bbox] = []
    for row, start, end in zip(
        rows[:MOST_RULES].tolist(),
        starts[:MOST_RULES].tolist(),
        ends[:MOST_RULES].tolist(),
        strict=True,
    ):
        boxes += [box for box in growing if box.bottom < row]
        growing = [box for box in growing if box.bottom >= row]
        above = next((box for box in growing if box.bottom == row and _same(box, start, end)), None)
        if above is None:
            growing.append(Bbox(start, row, end, row + 1))
        else:
            growing.remove(above)
            growing.append(Bbox(min(above.left, start), above.top, max(above.right, end), row + 1))
    thin = (box for box in boxes + growing if box.height <= THICKNESS)
    return _apart(list(thin), mask, length), np.asarray(opened, dtype=np.uint8)


def _same(box: Bbox, start: int, end: int) -> bool:
    common = min(box.right, end) - max(box.left, start)
    return common >= 0.7 * max(box.width, end - start)


def _apart(boxes: list[Bbox], mask: Mask, length: int) -> list[Bbox]:
    """Those with hardly any ink beside them; on one side may be another rule, or their own step."""
    if not boxes:
        return []
    sums = cv2.integral(mask)
    left, top, right, bottom = np.array(boxes).T

    def share(first: NDArray[np.int_], last: NDArray[np.int_]) -> NDArray[np.float64]:
        first, last = np.clip(first, 0, mask.shape[0]), np.clip(last, 0, mask.shape[0])
        ink = sums[last, right] - sums[first, right] - sums[last, left] + sums[first, left]
        return np.asarray(ink / np.maximum(1, (last - first) * (right - left)))

    above, below = share(top - 4, top - 2), share(bottom + 2, bottom + 4)
    least, most = np.minimum(above, below), np.maximum(above, below)
    clear = (least <= BESIDE) & ((most <= BESIDE) | (most >= 1 - BESIDE))
    good = clear | (right - left >= SURE * length)
    return [box for box, fine in zip(boxes, good.tolist(), strict=True) if fine]


def _areas(small: Pixels, tinted: Mask, paper: int) -> tuple[list[tuple[Bbox, int]], list[Bbox]]:
    """Areas that are not paper: even ones with their gray, uneven ones, which are pictures."""
    height, width = (side // TINY * TINY for side in small.shape)
    share = tinted[:height, :width].reshape(height // TINY, TINY, width // TINY, TINY)
    mostly = np.asarray(share.mean(axis=(1, 3)) > 1 - PAPER_IN_FILL, dtype=np.uint8)
    solid = cv2.morphologyEx(mostly, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((AREA_SIDE, AREA_SIDE), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    fills: list[tuple[Bbox, int]] = []
    pictures: list[Bbox] = []
    for left, top, across, down, area in stats[1:300].tolist():
        if area < 0.6 * across * down or across < 2 * AREA_SIDE:
            continue
        box = Bbox(left * TINY, top * TINY, (left + across) * TINY, (top + down) * TINY)
        inside = small[box.top : box.bottom, box.left : box.right]
        level = int(np.median(inside))
        white = 1 - float(tinted[box.top : box.bottom, box.left : box.right].mean())
        even = float(np.mean(np.abs(inside.astype(np.int16) - level) <= TINT))
        if even >= EVEN_IN_FILL and abs(level - paper) > TINT:
            fills.append((_trimmed(box, small, level), level))
        elif (
            white < PAPER_IN_PICTURE and min(across, down) >= PICTURE_SIDE and not _is_flat(inside)
        ):
            pictures.append(box)
    return fills, pictures


def _trimmed(box: Bbox, small: Pixels, level: int) -> Bbox:
    """Without outer rows and columns that have hardly any of its colour: text that it touches."""
    inside = small[box.top : box.bottom, box.left : box.right]
    even = np.abs(inside.astype(np.int16) - level) <= TINT
    rows = np.flatnonzero(even.mean(axis=1) >= EVEN_AT_EDGE)
    columns = np.flatnonzero(even.mean(axis=0) >= EVEN_AT_EDGE)
    if not rows.size or not columns.size:
        return box
    left, right = box.left + int(columns[0]), box.left + int(columns[-1]) + 1
    return Bbox(left, box.top + int(rows[0]), right, box.top + int(rows[-1]) + 1)


def _is_flat(area: Pixels) -> bool:
    """Few colours, as in a coloured table or a chart."""
    counts = np.sort(np.bincount(area.ravel() >> 3, minlength=32))
    return bool(counts[-FLAT_COLOURS:].sum() >= FLAT_SHARE * area.size)


def _enlarged(box: Bbox, scale: int) -> Bbox:
    left, top, right, bottom = (side * scale for side in box)
    return Bbox(left, top, max(left + 1, right), max(top + 1, bottom))


def _inside_any(box: Bbox, areas: list[Bbox]) -> bool:
    """Or at their edges, which look like rules."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    edge = 2 * TINY
    return any(
        area.left - edge < x < area.right + edge and area.top - edge < y < area.bottom + edge
        for area in areas
    )
