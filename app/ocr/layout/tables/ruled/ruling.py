"""Drawn rules as long straight segments, joined from dashes, double lines and cell borders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from app.ocr.result import Bbox

# In heights of a line of text: double rules are nearer than this, rows never are.
SAME_POSITION = 0.3
# Largest gap between dashes, or borders drawn cell by cell.
GAP = 0.5
# The end of a rule may miss the rule that it should meet by at most this.
REACH = 0.35
# Shorter horizontal ones are dashes, lower vertical ones strokes of letters.
SHORTEST = 0.8
LOWEST = 1.2
# Limit for each direction; a page with more keeps its longest ones.
MOST_RULES = 1500


class Segment(NamedTuple):
    """at: its middle across its direction; start, end: along it."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start

    def overlap(self, start: float, end: float) -> float:
        return min(self.end, end) - max(self.start, start)


@dataclass(frozen=True, slots=True)
class Ruling:
    horizontal: tuple[Segment, ...]
    vertical: tuple[Segment, ...]


def ruling_of(boxes: Iterable[Bbox], unit: float) -> Ruling:
    """The joined rules. boxes: of their ink; squares (of dotted rules) count in both directions."""
    horizontal, vertical = [], []
    for left, top, right, bottom in boxes:
        width, height = right - left, bottom - top
        if width >= height:
            horizontal.append(Segment((top + bottom) / 2, left, right))
        if height >= width:
            vertical.append(Segment((left + right) / 2, top, bottom))
    return Ruling(_joined(horizontal, unit, SHORTEST), _joined(vertical, unit, LOWEST))


def edges_of(fill: Bbox) -> Iterator[Bbox]:
    """The outline of a filled area as rules."""
    left, top, right, bottom = fill
    yield Bbox(left, top, right, top)
    yield Bbox(left, bottom, right, bottom)
    yield Bbox(left, top, left, bottom)
    yield Bbox(right, top, right, bottom)


def _joined(segments: Sequence[Segment], unit: float, least: float) -> tuple[Segment, ...]:
    """Segments with collinear ones that touch joined, without those as short as a letter."""
    groups: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: one.at):
        if groups and segment.at - groups[-1][0].at <= SAME_POSITION * unit:
            groups[-1].append(segment)
        else:
            groups.append([segment])
    joined = (one for group in groups for one in _touching(group, GAP * unit))
    long = [one for one in joined if one.length >= least * unit]
    if len(long) > MOST_RULES:
        long = sorted(long, key=lambda one: -one.length)[:MOST_RULES]
    return tuple(sorted(long, key=lambda one: one.at))


def _touching(group: list[Segment], gap: float) -> Iterator[Segment]:
    """Unions of touching segments at about one position, at their mean position by length."""
    run: list[Segment] = []
    end = 0.0
    for segment in sorted(group, key=lambda one: one.start):
        if run and segment.start - end > gap:
            yield _union(run)
            run = []
        end = max(end, segment.end) if run else segment.end
        run.append(segment)
    if run:
        yield _union(run)


def _union(run: Sequence[Segment]) -> Segment:
    weight = sum(max(one.length, 1.0) for one in run)
    at = sum(one.at * max(one.length, 1.0) for one in run) / weight
    return Segment(at, run[0].start, max(one.end for one in run))


def components(ruling: Ruling, unit: float) -> list[Ruling]:
    """Sets of rules that cross or meet, each with rules of both directions."""
    horizontal, vertical = ruling.horizontal, ruling.vertical
    parent = list(range(len(horizontal) + len(vertical)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for h, v in _meetings(ruling, REACH * unit):
        parent[root(h)] = root(len(horizontal) + v)
    sets: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for h, across in enumerate(horizontal):
        sets.setdefault(root(h), ([], []))[0].append(across)
    for v, down in enumerate(vertical):
        sets.setdefault(root(len(horizontal) + v), ([], []))[1].append(down)
    return [Ruling(tuple(hs), tuple(vs)) for hs, vs in sets.values() if hs and vs]


def _meetings(ruling: Ruling, reach: float) -> list[tuple[int, int]]:
    """Numbers of the horizontal and vertical rules that cross or meet."""
    if not ruling.horizontal or not ruling.vertical:
        return []
    y, left, right = np.array([(h.at, h.start, h.end) for h in ruling.horizontal]).T[:, :, None]
    x, top, bottom = np.array([(v.at, v.start, v.end) for v in ruling.vertical]).T[:, None, :]
    meets = (left - reach <= x) & (x <= right + reach) & (top - reach <= y) & (y <= bottom + reach)
    return [(int(h), int(v)) for h, v in np.argwhere(meets)]
