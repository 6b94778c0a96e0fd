"""Drawn rules as long straight segments: dashes, double lines and cell borders put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.ocr.result import Bbox

# In heights of a line of text. Double rules are nearer than this, rows never are.
SAME_POSITION = 0.3
# Borders drawn cell by cell may leave a gap; dashes as well.
GAP = 0.5
# A rule's ends may miss the rule it should meet by so much.
REACH = 0.35
# Shorter horizontal ones are dashes, lower vertical ones strokes of letters.
SHORTEST = 0.8
LOWEST = 1.2


@dataclass(frozen=True, slots=True)
class Segment:
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
    """boxes: of the rules' ink. Squares, dots of a dotted rule, count for both directions."""
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
    """Collinear ones that touch become one; what stays as short as a letter is dropped."""
    open_ones: list[list[float]] = []  # [weighted at, weight, start, end]
    done: list[list[float]] = []
    for segment in sorted(segments, key=lambda one: (round(one.at / max(1.0, unit / 8)), one.start)):
        still = [one for one in open_ones if segment.at - one[0] / one[1] <= SAME_POSITION * unit]
        done += [one for one in open_ones if one not in still]
        open_ones = still
        near = [
            one
            for one in open_ones
            if segment.start - one[3] <= GAP * unit and one[2] - segment.end <= GAP * unit
        ]
        merged = [segment.at * segment.length, segment.length, segment.start, segment.end]
        for one in near:
            open_ones.remove(one)
            merged = [
                merged[0] + one[0],
                merged[1] + one[1],
                min(merged[2], one[2]),
                max(merged[3], one[3]),
            ]
        open_ones.append(merged)
    long = [one for one in done + open_ones if one[3] - one[2] >= least * unit]
    return tuple(sorted((Segment(a / w, s, e) for a, w, s, e in long), key=lambda one: one.at))


def components(ruling: Ruling, unit: float) -> list[Ruling]:
    """Rules that cross or meet, set by set; a set has rules of both directions."""
    reach = REACH * unit
    horizontal, vertical = ruling.horizontal, ruling.vertical
    parent = list(range(len(horizontal) + len(vertical)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for h, across in enumerate(horizontal):
        for v, down in enumerate(vertical):
            meets = across.start - reach <= down.at <= across.end + reach
            if meets and down.start - reach <= across.at <= down.end + reach:
                parent[root(h)] = root(len(horizontal) + v)
    sets: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for h, across in enumerate(horizontal):
        sets.setdefault(root(h), ([], []))[0].append(across)
    for v, down in enumerate(vertical):
        sets.setdefault(root(len(horizontal) + v), ([], []))[1].append(down)
    return [Ruling(tuple(hs), tuple(vs)) for hs, vs in sets.values() if hs and vs]
