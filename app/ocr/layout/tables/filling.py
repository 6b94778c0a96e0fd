"""Assignment of words to the fields of a grid, and conversion of fields to cells."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from app.ocr.result import Bbox, Cell, Line, Word
from app.ocr.scripts import is_right_to_left, joins_without_space

from .frame import Frame
from .grid import Field, Grid
from .tokens import Token
from .unruled.lines import line_groups

_index = attrgetter("index")


@dataclass(frozen=True, slots=True)
class Filled:
    """A grid with its words. fields: each once; tokens: those of each field, in any order."""

    grid: Grid
    fields: tuple[Field, ...]
    tokens: tuple[tuple[Token, ...], ...]

    @property
    def all_tokens(self) -> list[Token]:
        return [token for tokens in self.tokens for token in tokens]


def fill(grid: Grid, tokens: Sequence[Token]) -> Filled:
    """Put each word into the field that holds its middle; drop words outside."""
    fields = grid.fields()
    at: dict[tuple[int, int], int] = {}
    for number, field in enumerate(fields):
        for row in range(field.row, field.row_end):
            for column in range(field.column, field.column_end):
                at[row, column] = number
    placed: dict[int, list[Token]] = defaultdict(list)
    for token in tokens:
        row = bisect_right(grid.ys, token.middle) - 1
        column = bisect_right(grid.xs, token.centre) - 1
        if 0 <= row < grid.rows and 0 <= column < grid.columns:
            placed[at[row, column]].append(token)
    return Filled(grid, tuple(fields), tuple(tuple(placed[n]) for n in range(len(fields))))


def cells_of(filled: Filled, headers: set[int], frame: Frame, *, ruled: bool) -> tuple[Cell, ...]:
    """Cells of the grid; columns count from where reading begins. headers: numbers of fields."""
    words = " ".join(token.word.text for token in filled.all_tokens)
    mirrored = is_right_to_left(words)
    grid, columns = filled.grid, filled.grid.columns
    cells = []
    for number, (field, tokens) in enumerate(zip(filled.fields, filled.tokens, strict=True)):
        lines = tuple(map(_line, line_groups(tokens)))
        is_drawn = ruled or not tokens
        area = field.box(grid) if is_drawn else Bbox.around(token.box for token in tokens)
        cell = Cell(
            field.row,
            columns - field.column_end if mirrored else field.column,
            lines,
            frame.original(area),
            field.row_end - field.row,
            field.column_end - field.column,
            number in headers,
        )
        cells.append(cell)
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _line(tokens: list[Token]) -> Line:
    """A line of words: those of one piece keep its logical order; pieces follow the direction."""
    direction = "rtl" if is_right_to_left(" ".join(t.word.text for t in tokens)) else "ltr"
    groups: dict[int, list[Token]] = defaultdict(list)
    for token in tokens:
        groups[token.piece].append(token)
    if len(groups) == 1:
        return Line(tuple(t.word for t in sorted(tokens, key=_index)), direction)
    ordered = sorted(
        (sorted(group, key=lambda token: token.index) for group in groups.values()),
        key=lambda group: (
            -max(t.box.right for t in group)
            if direction == "rtl"
            else min(t.box.left for t in group)
        ),
    )
    words: list[Word] = []
    for group in ordered:
        if words:
            joined = joins_without_space(words[-1].text, group[0].word.text)
            words[-1] = replace(words[-1], space_after=not joined)
        words += [token.word for token in group]
    return Line(tuple(words), direction)
