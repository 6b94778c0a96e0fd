"""Totals below the closing rule of a table, such as the sums and taxes of an invoice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from .filling import Filled
from .grid import Grid
from .tokens import Token, within
from .unruled.columns import span_of
from .unruled.lines import Chunk, TextLine, text_lines
from .unruled.runs import ROW_GAP

# More such lines are another table with columns at the same places.
MOST_LINES = 5
# In heights of a line: largest distance of a number's right edge from that of its column.
EDGE = 0.3
# In heights of a line: how far below the table totals are searched for.
REACH = 2.5 * (MOST_LINES + 1)


def totals_below(
    below: Sequence[TextLine], numbers: Iterable[Chunk], bottom: float, unit: float
) -> list[TextLine]:
    """Lines of a label and numbers that end where the table's numbers end.

    below: lines below the table, from its top; numbers: of the table; bottom: its closing rule.
    """
    edges = [chunk.box.right for chunk in numbers]
    found: list[TextLine] = []
    for line in below:
        if line.box.top - bottom > ROW_GAP * unit or not _is_total(line, edges, unit):
            break
        found.append(line)
        bottom = line.box.bottom
    return found if len(found) <= MOST_LINES else []


def _is_total(line: TextLine, edges: Sequence[float], unit: float) -> bool:
    label, *values = line.chunks
    if not (values and all(value.is_number for value in values)):
        return False
    if not any(map(str.isalpha, label.text)):
        return False
    return all(
        sum(abs(edge - value.box.right) <= EDGE * unit for edge in edges) > 1 for value in values
    )


def with_totals(filled: Filled, tokens: Sequence[Token], unit: float) -> Grid:
    """The grid with the rows of the totals below it.

    tokens: those of the page that are not yet in a table, from top to bottom.
    """
    grid = filled.grid
    bottom = grid.ys[-1]
    sides = grid.xs[0] - unit, grid.xs[-1] + unit
    below = text_lines(within(tokens, sides, (bottom, bottom + REACH * unit)))
    texts = [Chunk.of(tokens) for tokens in filled.tokens if tokens]
    numbers = [chunk for chunk in texts if chunk.is_number]
    lines = totals_below(below, numbers, bottom, unit)
    rows = [_borders(line, grid) for line in lines]
    if not rows or None in rows:
        return grid
    between = [(above.box.bottom + below.box.top) / 2 for above, below in pairwise(lines)]
    return Grid(
        _beside_labels(filled, lines),
        [*grid.ys, *between, lines[-1].box.bottom + 1],
        [*grid.across, *([True] * grid.columns for _ in lines)],
        [*grid.down, *(row for row in rows if row)],
        grid.walls,
    )


def _beside_labels(filled: Filled, lines: Sequence[TextLine]) -> list[float]:
    """The columns' boundaries, those before the numbers moved to the right of wide labels."""
    xs = list(filled.grid.xs)
    for line in lines:
        label, value = line.chunks[0].box.right, line.chunks[1].box.left
        _, column = span_of(value, line.chunks[1].box.right, xs[1:-1])
        inside = [
            token.box.left
            for field, tokens in zip(filled.fields, filled.tokens, strict=True)
            for token in tokens
            if field.column == column
        ]
        if xs[column] < label < min([value, *inside]):
            xs[column] = label + 1
    return xs


def _borders(line: TextLine, grid: Grid) -> list[bool] | None:
    """Whether a border is on the left of each field: none within the label, which may be wider
    than a column and ends before the first number. None if the label has no column."""
    label, *values = line.chunks
    _, value = span_of(values[0].box.left, values[0].box.right, grid.xs[1:-1])
    first, last = span_of(label.box.left, label.box.right, grid.xs[1:-1])
    if value == 0:
        return None
    last = min(last, value - 1)
    return [not first < column <= last for column in range(grid.columns)]
