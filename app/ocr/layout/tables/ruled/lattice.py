"""Grids drawn by rules: each set of crossing rules becomes rows, columns and merged fields."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from app.ocr.layout.tables.grid import Grid
from app.ocr.layout.tables.tokens import Token, within
from app.ocr.result import Bbox

from .ruling import Ruling, Segment, components

# In heights of a line of text: boundaries nearer than this are one.
SAME_BOUNDARY = 0.45
# A rule that covers this share of a field's side is its border.
BORDER_SHARE = 0.55
# A field without text that is narrower than this is the space between two rules.
NARROW = 0.7
# Grids with more fields are hatching.
MOST_FIELDS = 20_000


def frames(ruling: Ruling, unit: float) -> list[Bbox]:
    """Outlines of all sets of crossing rules, including boxes around drawings."""
    return [_outline(each) for each in components(ruling, unit)]


def _outline(ruling: Ruling) -> Bbox:
    xs = [one.at for one in ruling.vertical]
    ys = [one.at for one in ruling.horizontal]
    ends = [end for one in ruling.horizontal for end in (one.start, one.end)]
    sides = [end for one in ruling.vertical for end in (one.start, one.end)]
    left, right = min(xs + ends), max(xs + ends)
    top, bottom = min(ys + sides), max(ys + sides)
    return Bbox(round(left), round(top), round(right), round(bottom))


def lattices(ruling: Ruling, tokens: Sequence[Token], unit: float) -> list[Grid]:
    """Grids of all sets of crossing rules, smallest first: a frame comes after its contents.

    tokens: from top to bottom by their middles.
    """
    grids = (_grid(each, unit) for each in components(ruling, unit))
    useful = [
        _without_slits(grid, tokens, unit)
        for grid in grids
        if 1 < grid.rows * grid.columns <= MOST_FIELDS
    ]
    return sorted(useful, key=lambda grid: grid.bbox.width * grid.bbox.height)


def _grid(ruling: Ruling, unit: float) -> Grid:
    """The grid of the rules, its outline closed even if it is open, as in tables without side
    rules."""
    xs = [segment.at for segment in ruling.vertical]
    ys = [segment.at for segment in ruling.horizontal]
    xs += [_end(ruling.horizontal, unit, first=True), _end(ruling.horizontal, unit, first=False)]
    ys += [_end(ruling.vertical, unit, first=True), _end(ruling.vertical, unit, first=False)]
    grid = Grid.full(_boundaries(xs, unit), _boundaries(ys, unit))
    grid.walls = ruling.vertical
    if grid.rows * grid.columns > MOST_FIELDS:
        return grid
    near = SAME_BOUNDARY * unit
    grid.across = _borders(ruling.horizontal, grid.ys[:-1], grid.xs, near)
    down = _borders(ruling.vertical, grid.xs[:-1], grid.ys, near)
    grid.down = [list(row) for row in zip(*down, strict=True)]
    return grid


def _borders(
    rules: Sequence[Segment], places: list[float], sides: list[float], near: float
) -> list[list[bool]]:
    """For each place, whether rules near it form a border along each interval between sides."""
    reach = [[0.0] * (len(sides) - 1) for _ in places]
    for rule in rules:
        beside = range(bisect_left(places, rule.at - near), bisect_right(places, rule.at + near))
        first = max(0, bisect_right(sides, rule.start) - 1)
        along = range(first, min(len(sides) - 1, bisect_left(sides, rule.end)))
        for place in beside:
            for side in along:
                reach[place][side] += max(0.0, rule.overlap(sides[side], sides[side + 1]))
    lengths = [end - start for start, end in pairwise(sides)]
    return [
        [covered >= BORDER_SHARE * length for covered, length in zip(row, lengths, strict=True)]
        for row in reach
    ]


def _end(segments: Sequence[Segment], unit: float, *, first: bool) -> float:
    """Outermost end of the rules."""
    return min(one.start for one in segments) if first else max(one.end for one in segments)


def _boundaries(values: list[float], unit: float) -> list[float]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= SAME_BOUNDARY * unit:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def covered(segments: Sequence[Segment], at: float, side: tuple[float, float], near: float) -> bool:
    """Whether rules at this position cover enough of this side to be a border."""
    reach = sum(
        max(0.0, segment.overlap(*side)) for segment in segments if abs(segment.at - at) <= near
    )
    return reach >= BORDER_SHARE * (side[1] - side[0])


def _without_slits(grid: Grid, tokens: Sequence[Token], unit: float) -> Grid:
    """The grid without rows and columns that are too narrow for text and empty."""
    inside = within(tokens, (grid.xs[0], grid.xs[-1]), (grid.ys[0], grid.ys[-1]))
    rows = _solid(grid.ys, [token.middle for token in inside], unit)
    columns = _solid(grid.xs, sorted(token.centre for token in inside), unit)
    if len(rows) == grid.rows and len(columns) == grid.columns:
        return grid
    return Grid(
        _merged(grid.xs, columns),
        _merged(grid.ys, rows),
        [[grid.across[row][column] for column in columns] for row in rows],
        [[grid.down[row][column] for column in columns] for row in rows],
        grid.walls,
    )


def _solid(bounds: list[float], middles: list[float], unit: float) -> list[int]:
    """Numbers of the intervals that are wide enough or hold one of the middles, which ascend."""
    return [
        number
        for number, (start, end) in enumerate(pairwise(bounds))
        if end - start >= NARROW * unit or bisect_left(middles, start) < bisect_left(middles, end)
    ] or [0]


def _merged(bounds: list[float], solid: list[int]) -> list[float]:
    return [bounds[number] for number in solid] + [bounds[-1]]
