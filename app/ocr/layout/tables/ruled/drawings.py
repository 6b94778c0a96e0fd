"""Areas of charts and diagrams, whose words are labels, not tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from app.ocr.layout.tables.tokens import Token
from app.ocr.result import Bbox

# Largest distance between bars and boxes of one chart, unless these are thicker, and from these to
# labels, in heights of a line.
NEAR = 2.0
LABELS = 2.5
# A chart has at least this number and this share of areas without text.
BARS = 3
BARE_SHARE = 0.6
MOST_FILLS = 1000
# Fills at one height at most this far apart, in heights of a line, are one band.
TOUCH = 0.15
# A picture at least as wide as this share of the page is its background.
BACKGROUND = 0.9
# The background of a chart is less than this many times as wide and high as the chart.
FRAME = 2.5
# In heights of a line: the largest picture in a cell.
SYMBOL = 3.0


def drawing_areas(
    fills: Sequence[Bbox],
    pictures: Iterable[Bbox],
    tokens: Sequence[Token],
    unit: float,
    page: Bbox,
) -> list[Bbox]:
    """Areas of drawings with their labels. pictures: areas that are certainly drawings."""
    drawn = [
        widened(area, LABELS * unit) for area in pictures if area.width < BACKGROUND * page.width
    ]
    solid = [fill for fill in fills if min(fill.width, fill.height) > 0.3 * unit]
    solid = side_by_side_joined(solid, TOUCH * unit)
    solid = sorted(solid, key=lambda fill: fill.width * fill.height)[-MOST_FILLS:]
    places = np.array([(t.centre, t.middle) for t in tokens]).reshape(-1, 2)
    bare = {fill: not _has_text(fill, places) for fill in solid}
    thick = [min(fill.width, fill.height) for fill, empty in bare.items() if empty]
    near = max(NEAR * unit, median(thick)) if len(thick) >= BARS else NEAR * unit
    for group in clusters(list(bare), near):
        empty = sum(bare[fill] for fill in group)
        if empty >= BARS and empty >= BARE_SHARE * len(group):
            drawn.append(widened(Bbox.around(group), LABELS * unit))
    return drawn


def side_by_side_joined(fills: Sequence[Bbox], near: float) -> list[Bbox]:
    """Bands of colour joined from fills that may be drawn cell by cell."""
    bands: list[Bbox] = []
    for fill in sorted(fills, key=lambda fill: (fill.top, fill.bottom, fill.left)):
        last = bands[-1] if bands else None
        level = last and abs(last.top - fill.top) <= near and abs(last.bottom - fill.bottom) <= near
        if last and level and -near <= fill.left - last.right <= near:
            bands[-1] = Bbox.around((last, fill))
        else:
            bands.append(fill)
    return bands


def framed(areas: Sequence[Bbox], grounds: Sequence[Bbox]) -> list[Bbox]:
    """The coloured backgrounds and frames that are not much larger than the drawings in them."""
    found = []
    for ground in grounds:
        inside = [area for area in areas if _holds(ground, area)]
        drawn = Bbox.around(inside)
        if ground.height < FRAME * drawn.height and ground.width < FRAME * drawn.width:
            found.append(ground)
    return found


def _holds(ground: Bbox, area: Bbox) -> bool:
    x, y = (area.left + area.right) / 2, (area.top + area.bottom) / 2
    inside = ground.left < x < ground.right and ground.top < y < ground.bottom
    return inside and ground.width >= 0.9 * area.width and ground.height >= 0.9 * area.height


def shows_picture(region: Bbox, pictures: Sequence[Bbox], unit: float) -> bool:
    """Whether a picture larger than a symbol is within, as in a chart with its labels."""
    return any(
        region.left < (picture.left + picture.right) / 2 < region.right
        and region.top < (picture.top + picture.bottom) / 2 < region.bottom
        and picture.width < region.width
        and min(picture.width, picture.height) > SYMBOL * unit
        for picture in pictures
    )


def _has_text(area: Bbox, places: NDArray[np.float64]) -> bool:
    """places: (n, 2) middles of words."""
    inside = (places >= area[:2]) & (places <= area[2:])
    return bool(inside.all(axis=1).any())


def is_within(token: Token, areas: Sequence[Bbox]) -> bool:
    x, y = token.centre, token.middle
    return any(area.left <= x <= area.right and area.top <= y <= area.bottom for area in areas)


def widened(area: Bbox, by: float) -> Bbox:
    reach = round(by)
    left, top, right, bottom = area
    return Bbox(left - reach, top - reach, right + reach, bottom + reach)


def clusters(boxes: Sequence[Bbox], near: float) -> list[list[Bbox]]:
    """Sets of boxes at most this far apart, boxes taken from top to bottom."""
    groups: list[list[Bbox]] = []
    outlines: list[Bbox] = []
    for box in sorted(boxes, key=lambda box: box.top):
        reach = widened(box, near)
        touched = [number for number, each in enumerate(outlines) if _overlap(each, reach)]
        merged = [box]
        for number in reversed(touched):
            merged += groups.pop(number)
            outlines.pop(number)
        groups.append(merged)
        outlines.append(Bbox.around(merged))
    return groups


def _overlap(one: Bbox, other: Bbox) -> bool:
    return (
        one.left <= other.right
        and other.left <= one.right
        and one.top <= other.bottom
        and other.top <= one.bottom
    )
