"""White space between items: horizontal strips between slabs, vertical ones between columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from app.ocr.result import Bbox

from .fragments import Fragment, Group, Item

Interval = tuple[int, int]
Items = list[Item]

# A gutter is at least this many type sizes wide.
GUTTER = 0.4
# Boxes are a little higher than their ink, so neighbours may overlap by this share of the height.
SLACK = 0.25


def typical_size(items: Iterable[Item]) -> float:
    """Median type size; groups alone have none, so any gap between them is a gutter."""
    sizes = [item.size for item in items if isinstance(item, Fragment)]
    return median(sizes) if sizes else 1.0


def slabs(items: Iterable[Item]) -> list[Items]:
    """The items cut at every horizontal white strip, top to bottom."""
    result: list[Items] = []
    bottom = 0.0
    for item in sorted(items, key=lambda item: item.box.top):
        box = item.box
        slack = box.height * SLACK if isinstance(item, Fragment) else 0
        if not result or box.top >= bottom - slack:
            result.append([])
            bottom = box.bottom
        result[-1].append(item)
        bottom = max(bottom, box.bottom)
    return result


def gutters(covered: Sequence[Interval], least: float) -> list[Interval]:
    """Vertical white strips at least this wide between disjoint, ascending intervals."""
    return [(left, right) for (_, left), (right, _) in pairwise(covered) if right - left >= least]


def covered_by(items: Iterable[Item]) -> list[Interval]:
    return merged((item.box.left, item.box.right) for item in items)


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Union of intervals as disjoint ones, ascending."""
    result: list[Interval] = []
    for left, right in sorted(intervals):
        if result and left <= result[-1][1]:
            result[-1] = result[-1][0], max(result[-1][1], right)
        else:
            result.append((left, right))
    return result


def strips(items: Items) -> list[Items]:
    """The items between neighbouring gutters, left to right."""
    edges = [right for _, right in gutters(covered_by(items), GUTTER * typical_size(items))]
    result: list[Items] = [[] for _ in range(len(edges) + 1)]
    for item in items:
        result[bisect_right(edges, item.box.left)].append(item)
    return result


def extent(items: Iterable[Item]) -> Bbox:
    return Bbox.around(item.box for item in items)


def text_of(items: Iterable[Item]) -> list[Fragment]:
    return [item for item in items if isinstance(item, Fragment)]


def groups_of(items: Iterable[Item]) -> list[Group]:
    return [item for item in items if isinstance(item, Group)]
