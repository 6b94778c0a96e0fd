"""A table's grid: boundaries of its rows and columns, and the borders between its fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from app.ocr.result import Bbox

from .ruled.ruling import Segment


@dataclass(slots=True)
class Grid:
    """xs, ys: boundaries, ascending, one more than columns and rows.

    across[row][column]: whether a border is above that field, for rows 1 to the last; down[row]
    [column]: whether one is on its left, for columns 1 to the last. The outline is always a border.
    walls: the vertical rules that it was made from.
    """

    xs: list[float]
    ys: list[float]
    across: list[list[bool]]
    down: list[list[bool]]
    walls: tuple[Segment, ...] = ()

    @classmethod
    def full(cls, xs: list[float], ys: list[float]) -> Grid:
        rows, columns = len(ys) - 1, len(xs) - 1
        across = [[True] * columns for _ in range(rows)]
        return cls(xs, ys, across, [list(row) for row in across])

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def bbox(self) -> Bbox:
        return Bbox(round(self.xs[0]), round(self.ys[0]), round(self.xs[-1]), round(self.ys[-1]))

    @property
    def drawn_share(self) -> float:
        """Share of the possible borders within the outline that exist."""
        inner = [border for row in self.across[1:] for border in row]
        inner += [border for row in self.down for border in row[1:]]
        return sum(inner) / len(inner) if inner else 1.0

    def fields(self) -> list[Field]:
        """The cells as rectangles of the grid; a cell of another shape is cut into its rows."""
        if self.drawn_share == 1.0:
            return [
                Field(row, column, row + 1, column + 1)
                for row in range(self.rows)
                for column in range(self.columns)
            ]
        groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
        labels = self._labels()
        for row in range(self.rows):
            for column in range(self.columns):
                groups[labels[row][column]].append((row, column))
        fields = [field for group in groups.values() for field in _rectangles(group)]
        return sorted(fields, key=lambda field: (field.row, field.column))

    def _labels(self) -> list[list[int]]:
        parent = list(range(self.rows * self.columns))

        def root(one: int) -> int:
            while parent[one] != one:
                parent[one] = parent[parent[one]]
                one = parent[one]
            return one

        for row in range(self.rows):
            for column in range(self.columns):
                here = row * self.columns + column
                if row and not self.across[row][column]:
                    parent[root(here)] = root(here - self.columns)
                if column and not self.down[row][column]:
                    parent[root(here)] = root(here - 1)
        return [
            [root(row * self.columns + column) for column in range(self.columns)]
            for row in range(self.rows)
        ]


@dataclass(frozen=True, slots=True)
class Field:
    """A cell's position in the grid, end exclusive."""

    row: int
    column: int
    row_end: int
    column_end: int

    def box(self, grid: Grid) -> Bbox:
        return Bbox(
            round(grid.xs[self.column]),
            round(grid.ys[self.row]),
            round(grid.xs[self.column_end]),
            round(grid.ys[self.row_end]),
        )


def _rectangles(group: list[tuple[int, int]]) -> Iterator[Field]:
    if len(group) == 1:
        ((row, column),) = group
        yield Field(row, column, row + 1, column + 1)
        return
    rows = [row for row, _ in group]
    columns = [column for _, column in group]
    top, bottom, left, right = min(rows), max(rows) + 1, min(columns), max(columns) + 1
    if (bottom - top) * (right - left) == len(group):
        yield Field(top, left, bottom, right)
        return
    by_row: dict[int, list[int]] = defaultdict(list)
    for row, column in group:
        by_row[row].append(column)
    for row, members in by_row.items():
        members.sort()
        start = members[0]
        for before, after in zip(members, [*members[1:], -1], strict=True):
            if after != before + 1:
                yield Field(row, start, row + 1, before + 1)
                start = after
