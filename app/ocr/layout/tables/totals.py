"""Totals below the closing rule of a table, such as the sums and taxes of an invoice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .filling import Filled
from .grid import Grid
from .tokens import Token, within
from .unruled.lines import Chunk, TextLine, text_lines
from .unruled.runs import ROW_GAP
from .unruled.stream import stream_grid

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
    if not lines or grid.columns < 2:
        return grid
    rows = stream_grid(lines, (), unit, grid.xs[1:-1], heading=0).grid
    return Grid(
        list(grid.xs),
        [*grid.ys, *rows.ys[1:]],
        [*grid.across, [True] * grid.columns, *rows.across[1:]],
        [*grid.down, *rows.down],
        grid.walls,
    )
