"""Dot leaders of a line, as in tables of contents, found by their ink.

A network that reads a whole line drops most of the dots, and with them the space before the page
number. So the line is cut at its leaders, and the pieces between them are read separately.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

import cv2
import numpy as np

from app.ocr.result import Line, Word

from .crops import Crop, Mask

# Shares of the line's height: the largest dot, and how far down its middle lies at least.
DOT, LOWEST = 0.24, 0.45
# Largest ratio of a dot's width to its height; shortest and longest step, in usual steps.
SQUARE, SHORTEST_STEP, LONGEST_STEP = 1.7, 0.7, 1.4
# Fewer dots are an ellipsis.
LEAST_DOTS = 6
# Least length, in heights, of a line that holds a leader and a word.
LONG_LINE = 6
# Least number of columns with ink in a piece worth reading, as a share of the line's height.
LEAST_TEXT = 0.2


@dataclass(frozen=True, slots=True)
class _Part:
    """A connected component of ink: its columns, and the row of its middle, in pixels."""

    left: int
    right: int
    middle: float
    is_dot: bool


@dataclass(frozen=True, slots=True)
class Leader:
    """count: number of dots. left, right: first column and the one after the last, in pixels."""

    count: int
    left: int
    right: int


def cut_at_leaders(crop: Crop) -> tuple[list[Crop], list[Line]]:
    """Pieces of the line between its leaders, and the leaders; the crop itself if it has none."""
    height, width = crop.pixels.shape[:2]
    if crop.vertical or width < LONG_LINE * height:
        return [crop], []
    ink = crop.ink
    leaders = find_leaders(ink)
    if not leaders:
        return [crop], []
    edges = [0, *(edge for leader in leaders for edge in (leader.left, leader.right)), width]
    pieces = [
        crop.part(left / width, right / width)
        for left, right in zip(edges[::2], edges[1::2], strict=True)
        if ink[:, left:right].any(axis=0).sum() >= LEAST_TEXT * height
    ]
    filled = np.flatnonzero(ink.any(axis=1)) / height
    rows = filled[0], filled[-1] + 1 / height
    return pieces, [_line(crop, leader, rows) for leader in leaders]


def find_leaders(ink: Mask) -> list[Leader]:
    """Leaders from left to right; two with only a speck between them count as one."""
    found: list[Leader] = []
    for dots in _runs_of_dots(_parts(ink)):
        leader = Leader(len(dots), dots[0].left, dots[-1].right)
        step = (leader.right - leader.left) / leader.count
        if found and leader.left - found[-1].right <= 3 * step:
            last = found.pop()
            leader = Leader(last.count + leader.count, last.left, leader.right)
        found.append(leader)
    return found


def _parts(ink: Mask) -> list[_Part]:
    """Connected components from left to right."""
    height = ink.shape[0]
    _, _, boxes, middles = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    found = [
        _Part(left, left + wide, float(middle), _is_dot(wide, high, middle, height))
        for (left, _, wide, high, _), (_, middle) in zip(
            boxes[1:].tolist(), middles[1:].tolist(), strict=True
        )
    ]
    return sorted(found, key=lambda part: part.left)


def _is_dot(wide: int, high: int, middle: float, height: int) -> bool:
    small = max(wide, high) <= max(2, DOT * height)
    return small and wide <= SQUARE * high + 1 and middle >= LOWEST * height


def _runs_of_dots(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Runs of evenly spaced dots at one height."""
    for are_dots, group in groupby(parts, key=lambda part: part.is_dot):
        dots = list(group)
        if not are_dots or len(dots) < LEAST_DOTS:
            continue
        step = median(after.left - before.left for before, after in pairwise(dots))
        run = dots[:1]
        for before, after in pairwise(dots):
            if not _follows(before, after, step):
                if len(run) >= LEAST_DOTS:
                    yield run
                run = []
            run.append(after)
        if len(run) >= LEAST_DOTS:
            yield run


def _follows(before: _Part, after: _Part, step: float) -> bool:
    """Whether a dot follows at the usual step and height, give or take a pixel of rounding."""
    in_step = SHORTEST_STEP * step - 1 <= after.left - before.left <= LONGEST_STEP * step + 1
    level = abs(after.middle - before.middle) <= max(1.5, (after.right - after.left) / 2)
    return in_step and level


def _line(crop: Crop, leader: Leader, rows: tuple[float, float]) -> Line:
    """rows: top and bottom of the text beside it, as shares of the height."""
    width = crop.pixels.shape[1]
    box = crop.bbox_of(leader.left / width, rows[0], leader.right / width, rows[1])
    return Line((Word("." * leader.count, box, 1.0),))
