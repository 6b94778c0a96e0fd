"""Detection of rules, filled areas and pictures on a reduced copy of a page's pixels."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.layout.elements import Fill, Rule
from app.ocr.result import Bbox
from app.ocr.source.base import Pixels

Mask = NDArray[np.uint8]
Graphics = tuple[tuple[Rule, ...], tuple[Fill, ...], tuple[Bbox, ...]]

# The reduced copy has about this many pixels on its longer side: 110 dpi for A4.
SIDE = 1300
# Least length of horizontal and vertical rules, in pixels of the reduced page: longer than the
# strokes of letters.
ACROSS = 28
DOWN = 20
# Shorter vertical ones that meet no horizontal one are strokes of letters.
LONE = 50
THICKNESS = 5
# Gray levels of 255 by which a rule differs from its surroundings.
CONTRAST = 20
# Largest share of ink in the two rows of pixels beside a rule; more is letters that it touches.
BESIDE = 0.2
# From this many times the least length on, a run cannot be letters that touch.
SURE = 3
MOST_RULES = 3000
# Areas are searched for at a quarter of the reduced size and have at least this side there.
TINY = 4
AREA_SIDE = 3
PICTURE_SIDE = 16
# Least difference in gray from the paper, largest shares of paper in an area, and least shares of
# its main colour in a fill and at the fill's edges.
TINT = 9
PAPER_IN_FILL = 0.35
PAPER_IN_PICTURE = 0.12
EVEN_IN_FILL = 0.5
EVEN_AT_EDGE = 0.2
# In a photo the most frequent FLAT_COLOURS of 32 grays do not make up this share.
FLAT_COLOURS = 5
FLAT_SHARE = 0.7
# Least size of a drawing, larger than letters, in pixels of the reduced page.
DRAWING_WIDTH = 60
DRAWING_HEIGHT = 40


def graphics_of_picture(pixels: Pixels) -> Graphics:
    """Rules, fills and pictures, boxes in pixels of the page; a leaning rule comes in parts.

    pixels: upright page, gray or RGB.
    """
    # Reduction by a whole number is several times faster.
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
    """Dark lines, light ones on dark pages and in coloured areas; and the remaining ink."""
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
    """Thin horizontal runs at least this long with white beside them, unlike letters; and the mask
    of all long runs."""
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    # Runs as (row, start, end): where the flattened rows, separated by a white pixel, change.
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
    """Boxes with hardly any ink beside them; one side may have another rule, or their own step."""
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
    """Areas that are not paper: even ones (fills) with their gray, and uneven ones (pictures)."""
    height, width = (side // TINY for side in small.shape)
    whole = 255 * tinted[: height * TINY, : width * TINY]
    share = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    mostly = np.asarray(share > 255 * (1 - PAPER_IN_FILL), dtype=np.uint8)
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
    """The box without outer rows and columns with little of its colour: text that it touches."""
    inside = small[box.top : box.bottom, box.left : box.right]
    even = np.abs(inside.astype(np.int16) - level) <= TINT
    rows = np.flatnonzero(even.mean(axis=1) >= EVEN_AT_EDGE)
    columns = np.flatnonzero(even.mean(axis=0) >= EVEN_AT_EDGE)
    if not rows.size or not columns.size:
        return box
    left, right = box.left + int(columns[0]), box.left + int(columns[-1]) + 1
    return Bbox(left, box.top + int(rows[0]), right, box.top + int(rows[-1]) + 1)


def _is_flat(area: Pixels) -> bool:
    """Whether it has few grays, as a coloured table or a chart does."""
    counts = np.sort(np.bincount(area.ravel() >> 3, minlength=32))
    return bool(counts[-FLAT_COLOURS:].sum() >= FLAT_SHARE * area.size)


def _enlarged(box: Bbox, scale: int) -> Bbox:
    left, top, right, bottom = (side * scale for side in box)
    return Bbox(left, top, max(left + 1, right), max(top + 1, bottom))


def _inside_any(box: Bbox, areas: list[Bbox]) -> bool:
    """Whether its centre is in an area or at an area's edges, which look like rules."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    edge = 2 * TINY
    return any(
        area.left - edge < x < area.right + edge and area.top - edge < y < area.bottom + edge
        for area in areas
    )
