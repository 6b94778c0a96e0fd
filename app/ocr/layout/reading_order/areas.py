"""Areas that are read separately: drawn boxes, filled areas and pictures with text in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.ocr.result import Bbox

# Only this many rules, the longest, are considered: no page has that many boxes.
MOST_RULES = 120
# Corners meet if they are this many type sizes apart or less.
MEETING = 0.6
# Least sides of a box in type sizes; smaller ones are check boxes and underlined words.
LEAST_WIDTH, LEAST_HEIGHT = 4.0, 2.5
# Text reaches into an area if it overlaps by this share of the text's height.
OVERLAP = 0.2
# Paper is at least this light; an area of at least this share of the page is its background.
PAPER, BACKGROUND = 250, 0.8


def drawn_boxes(rules: Iterable[Bbox], size: float) -> list[Bbox]:
    """Rectangles of two horizontal and two vertical drawn lines. size: type size of the text."""
    longest = sorted(rules, key=lambda rule: -max(rule.width, rule.height))[:MOST_RULES]
    across = [rule for rule in longest if rule.width >= LEAST_WIDTH * size and _is_flat(rule)]
    down = [rule for rule in longest if rule.height >= LEAST_HEIGHT * size and not _is_flat(rule)]
    near = MEETING * size
    return _without_grids(_boxes(across, down, near), near)


def _without_grids(boxes: list[Bbox], near: float) -> list[Bbox]:
    """The boxes without cells of a form, which share sides with others in both directions.

    A box does not meet itself, as its sides are further apart than near. Lines of one length make
    a box of every pair of them, so only boxes that may be cells are compared with all others.
    """
    if not boxes:
        return boxes
    left, top, right, bottom = every = np.array(boxes, float).T
    beside = _are_near_any(left, right, near) | _are_near_any(right, left, near)
    below = _are_near_any(top, bottom, near) | _are_near_any(bottom, top, near)
    doubtful = np.flatnonzero(beside & below)
    one_left, one_top, one_right, one_bottom = every[:, doubtful, None]

    def meet(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
        return np.abs(one - other) <= near

    beside = meet(one_top, top) & meet(one_bottom, bottom)
    beside &= meet(one_right, left) | meet(one_left, right)
    below = meet(one_left, left) & meet(one_right, right)
    below &= meet(one_bottom, top) | meet(one_top, bottom)
    cells = set(doubtful[beside.any(axis=1) & below.any(axis=1)].tolist())
    return [box for number, box in enumerate(boxes) if number not in cells]


def _are_near_any(
    places: NDArray[np.float64], others: NDArray[np.float64], near: float
) -> NDArray[np.bool_]:
    """Whether one of the others is at most this far away, for each place."""
    others = np.append(np.sort(others), np.inf)
    return others[np.searchsorted(others, places - near)] <= places + near


def _boxes(across: list[Bbox], down: list[Bbox], near: float) -> list[Bbox]:
    """Boxes of two lines with the same ends, and of lines at both sides from top to bottom."""
    if len(across) < 2 or not down:
        return []
    lines = np.array(across)
    ends = np.abs(lines[:, None, ::2] - lines[:, ::2]).max(axis=2)
    upper, lower = np.nonzero(np.triu(ends <= near, 1))
    first = np.minimum(lines[upper, :2], lines[lower, :2])
    last = np.maximum(lines[upper, 2:], lines[lower, 2:])
    (left, top), (right, bottom) = first.T[:, :, None], last.T[:, :, None]
    sides = np.array(down).T
    reaching = (sides[1] <= top + near) & (sides[3] >= bottom - near)
    reaching &= (np.abs(sides[0] - left) <= near) | (np.abs(sides[2] - right) <= near)
    closed = (reaching & (sides[0] <= left + near)).any(axis=1)
    closed &= (reaching & (sides[2] >= right - near)).any(axis=1)
    found = np.hstack((first, last))[closed].tolist()
    return [Bbox(*box) for box in sorted(set(map(tuple, found)))]


def _is_flat(rule: Bbox) -> bool:
    return rule.width >= rule.height


def large_fills(fills: Iterable[tuple[Bbox, int]], page: Bbox, size: float) -> list[Bbox]:
    """Tinted areas with room for a few lines, such as an infobox. fills: boxes and their gray."""
    return [
        box
        for box, gray in fills
        if gray < PAPER
        and box.width >= LEAST_WIDTH * size
        and box.height >= LEAST_HEIGHT * size
        and not is_background(box, page)
    ]


def is_background(box: Bbox, page: Bbox) -> bool:
    return box.width * box.height >= BACKGROUND * page.width * page.height


def holds(area: Bbox, box: Bbox) -> bool:
    """Whether the middle of the box is inside the area."""
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return area.left <= across <= area.right and area.top <= down <= area.bottom


def held(areas: Sequence[Bbox], boxes: Sequence[Bbox]) -> NDArray[np.bool_]:
    """(areas, boxes): whether the middle of the box is inside the area."""
    left, top, right, bottom = np.array(areas, float).reshape(-1, 4, 1).transpose(1, 0, 2)
    ends = np.array(boxes, float).reshape(-1, 4).T
    across, down = (ends[0] + ends[2]) / 2, (ends[1] + ends[3]) / 2
    inside: NDArray[np.bool_] = (
        (left <= across) & (across <= right) & (top <= down) & (down <= bottom)
    )
    return inside


def is_clean(area: Bbox, texts: Iterable[Bbox]) -> bool:
    """Whether no text crosses the area's edges, as it does those of stains and shadows."""
    return all(not _touches(area, text) or _is_within(area, text) for text in texts)


def _touches(area: Bbox, box: Bbox) -> bool:
    across = min(area.right, box.right) - max(area.left, box.left)
    down = min(area.bottom, box.bottom) - max(area.top, box.top)
    return across > OVERLAP * box.height and down > OVERLAP * box.height


def _is_within(area: Bbox, box: Bbox) -> bool:
    return (
        area.left <= box.left
        and area.top <= box.top
        and box.right <= area.right
        and box.bottom <= area.bottom
    )


def covers(area: Bbox, box: Bbox) -> bool:
    """Whether most of the box is inside the area."""
    across = min(area.right, box.right) - max(area.left, box.left)
    down = min(area.bottom, box.bottom) - max(area.top, box.top)
    return across > 0 and down > 0 and 2 * across * down > box.width * box.height


def outermost(areas: Sequence[Bbox]) -> list[Bbox]:
    """Areas that are not inside a larger one, each once."""
    result: list[Bbox] = []
    for area in sorted(areas, key=lambda area: -area.width * area.height):
        if not any(holds(other, area) for other in result):
            result.append(area)
    return result
