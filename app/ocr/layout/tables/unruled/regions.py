"""Regions of a page that may be tables without vertical rules: runs of lines with wide gaps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from app.ocr.layout.tables.ruled.ruling import Ruling, Segment
from app.ocr.layout.tables.tokens import Token
from app.ocr.result import Bbox

from .lines import Chunk, TextLine, text_lines
from .prose import justified, prose
from .runs import ROW_GAP, runs

# Limit of the chunks at about one height; no text has more.
AHEAD = 400
_top = attrgetter("top")


@dataclass(frozen=True, slots=True)
class Region:
    """lines: from top to bottom; rules: horizontal ones within; ruled: bounded by rules."""

    lines: tuple[TextLine, ...]
    rules: tuple[Segment, ...]
    ruled: bool

    @property
    def bbox(self) -> Bbox:
        return Bbox.around(line.box for line in self.lines)


def rules_in(
    lines: Sequence[TextLine], rules: Sequence[Segment], unit: float
) -> tuple[Segment, ...]:
    top, bottom = lines[0].box.top - unit, lines[-1].box.bottom + unit
    left = min(line.box.left for line in lines)
    right = max(line.box.right for line in lines)
    return tuple(
        rule for rule in rules if top <= rule.at <= bottom and rule.overlap(left, right) > 0
    )


def open_regions(tokens: Sequence[Token], ruling: Ruling, unit: float) -> Iterator[Region]:
    """Regions from runs of lines with wide gaps, without running text."""
    lines = text_lines(tokens)
    stretched = justified(lines, unit)
    lines = [line for number, line in enumerate(lines) if number not in stretched]
    chunks = [chunk for line in lines for chunk in line.chunks]
    running = prose(chunks, unit)
    rest = [chunk for number, chunk in enumerate(chunks) if number not in running]
    blocked = [chunks[number].box for number in sorted(running)]
    for group in _connected(rest, blocked, unit):
        lines = text_lines(token for chunk in group for token in chunk.tokens)
        for run in runs(lines, unit):
            yield Region(tuple(run), rules_in(run, ruling.horizontal, unit), False)


def _connected(chunks: Sequence[Chunk], blocked: Sequence[Bbox], unit: float) -> list[list[Chunk]]:
    """Sets of chunks that are above or beside each other, without prose between."""
    parent = list(range(len(chunks)))
    blocked = sorted(blocked, key=_top)
    highest = max((box.height for box in blocked), default=0)

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    ordered = sorted(range(len(chunks)), key=lambda index: chunks[index].box.top)
    for position, index in enumerate(ordered):
        box = chunks[index].box
        for other in ordered[position + 1 : position + AHEAD]:
            second = chunks[other].box
            if second.top - box.bottom > ROW_GAP * unit:
                break
            if _is_above(box, second) or (
                _is_beside(box, second) and not _between(box, second, blocked, highest)
            ):
                parent[root(index)] = root(other)
    groups: dict[int, list[Chunk]] = defaultdict(list)
    for index, chunk in enumerate(chunks):
        groups[root(index)].append(chunk)
    return list(groups.values())


def _is_above(one: Bbox, other: Bbox) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def _is_beside(one: Bbox, other: Bbox) -> bool:
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return common > 0.5 * min(one.height, other.height)


def _between(one: Bbox, other: Bbox, blocked: Sequence[Bbox], highest: int) -> bool:
    """Whether one of the blocked boxes is between the two. blocked: from top to bottom; highest:
    height of the highest one."""
    left, right = (one, other) if one.left <= other.left else (other, one)
    top, bottom = max(one.top, other.top), min(one.bottom, other.bottom)
    first = bisect_right(blocked, top - highest, key=_top)
    last = bisect_left(blocked, bottom, key=_top)
    return any(
        left.right <= box.left <= right.left and min(bottom, box.bottom) > max(top, box.top)
        for box in blocked[first:last]
    )
