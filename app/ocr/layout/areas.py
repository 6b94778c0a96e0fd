"""Areas that are read by themselves: drawn boxes, filled areas and pictures with text in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from app.ocr.result import Bbox

# More rules than this, the longest, are not looked at: no print has so many boxes.
MOST_RULES = 120
# Corners meet if they are this many type sizes apart or less.
MEETING = 0.6
# Sides of a box in type sizes; smaller ones are check boxes and underlined words.
LEAST_WIDTH, LEAST_HEIGHT = 4.0, 2.5
# Paper is lighter than this; so large a part of the page is its background.
PAPER, BACKGROUND = 250, 0.8


def drawn_boxes(rules: Iterable[Bbox], size: float) -> list[Bbox]:
    """Rectangles of two horizontal and two vertical drawn lines. size: type size of the text."""
    longest = sorted(rules, key=lambda rule: -max(rule.width, rule.height))[:MOST_RULES]
    across = [rule for rule in longest if rule.width >= LEAST_WIDTH * size and _is_flat(rule)]
    down = [rule for rule in longest if rule.height >= LEAST_HEIGHT * size and not _is_flat(rule)]
    near = MEETING * size
    return sorted(set(_boxes(across, down, near)))


def _boxes(across: list[Bbox], down: list[Bbox], near: float) -> Iterator[Bbox]:
    for upper, lower in combinations(sorted(across, key=lambda rule: rule.top), 2):
        if abs(upper.left - lower.left) > near or abs(upper.right - lower.right) > near:
            continue
        box = Bbox.around((upper, lower))
        sides = [rule for rule in down if _reaches(rule, box, near)]
        if any(rule.left <= box.left + near for rule in sides) and any(
            rule.right >= box.right - near for rule in sides
        ):
            yield box


def _reaches(rule: Bbox, box: Bbox, near: float) -> bool:
    """From the upper to the lower side of the box, at its left or right."""
    from_top_to_bottom = rule.top <= box.top + near and rule.bottom >= box.bottom - near
    at_side = abs(rule.left - box.left) <= near or abs(rule.right - box.right) <= near
    return from_top_to_bottom and at_side


def _is_flat(rule: Bbox) -> bool:
    return rule.width >= rule.height


def large_fills(fills: Iterable[tuple[Bbox, int]], page: Bbox, size: float) -> list[Bbox]:
    """Tinted areas with room for some lines, such as an infobox. fills: boxes and their gray."""
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


def covers(area: Bbox, box: Bbox) -> bool:
    """Whether most of the box is inside the area."""
    across = min(area.right, box.right) - max(area.left, box.left)
    down = min(area.bottom, box.bottom) - max(area.top, box.top)
    return across > 0 and down > 0 and 2 * across * down > box.width * box.height


def outermost(areas: Sequence[Bbox]) -> list[Bbox]:
    """Areas that lie in no larger one, each once."""
    result: list[Bbox] = []
    for area in sorted(areas, key=lambda area: -area.width * area.height):
        if not any(holds(other, area) for other in result):
            result.append(area)
    return result
