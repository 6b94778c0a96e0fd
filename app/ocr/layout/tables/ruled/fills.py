"""Edges of coloured areas that separate cells as rules do."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from app.ocr.layout.tables.tokens import Token
from app.ocr.result import Bbox

from .drawings import MOST_FILLS, TOUCH, side_by_side_joined
from .lattice import frames
from .ruling import Ruling

# A band is at least as wide as this share of the ruled grid that it is in.
BAND_SHARE = 0.9
# In heights of a line, for the highlight of a word: its largest height, and its largest distances
# from the text inside and from the words beside it.
MARKED_HEIGHT, MARKED_INSET, MARKED_NEAR = 1.7, 0.35, 0.8


def bands_of_grids(fills: Sequence[Bbox], ruling: Ruling, unit: float) -> Iterator[Bbox]:
    """Upper and lower edges of bands that run across a ruled grid, as only its colour may separate
    the heading from the rows below."""
    grids = frames(ruling, unit)
    for band in side_by_side_joined(fills, TOUCH * unit):
        if any(_crosses(band, grid, unit) for grid in grids):
            yield Bbox(band.left, band.top, band.right, band.top)
            yield Bbox(band.left, band.bottom, band.right, band.bottom)


def _crosses(band: Bbox, grid: Bbox, unit: float) -> bool:
    inside = band.left >= grid.left - unit and band.right <= grid.right + unit
    level = band.top >= grid.top - unit / 2 and band.bottom <= grid.bottom + unit / 2
    lower = unit < band.height < grid.height - unit
    return inside and level and lower and band.width >= BAND_SHARE * grid.width


def unmarked(fills: Sequence[Bbox], tokens: Sequence[Token], unit: float) -> list[Bbox]:
    """The fills without those that highlight words within a line of text."""
    low = sorted(fill for fill in fills if fill.height <= MARKED_HEIGHT * unit)[:MOST_FILLS]
    ordered = sorted(tokens, key=lambda token: token.middle)
    middles = [token.middle for token in ordered]
    marked = set()
    for fill in low:
        line = ordered[bisect_right(middles, fill.top) : bisect_left(middles, fill.bottom)]
        if _is_marking(fill, low, [token.box for token in line], unit):
            marked.add(fill)
    return [fill for fill in fills if fill not in marked]


def _is_marking(fill: Bbox, others: Sequence[Bbox], line: Sequence[Bbox], unit: float) -> bool:
    """Whether the fill highlights words. line: boxes of the words at its height."""
    inside = [box for box in line if fill.left < _middle(box) < fill.right]
    if not inside:
        return False
    left, right = min(box.left for box in inside), max(box.right for box in inside)
    inset = max(left - fill.left, fill.right - right)
    level = [other for other in others if other.top < (fill.top + fill.bottom) / 2 < other.bottom]
    return inset <= MARKED_INSET * unit and any(
        0 <= max(box.left - fill.right, fill.left - box.right) <= MARKED_NEAR * unit
        and not any(other.left < _middle(box) < other.right for other in level)
        for box in line
    )


def _middle(box: Bbox) -> float:
    return (box.left + box.right) / 2
