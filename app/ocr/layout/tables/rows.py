"""Text lines of a table's body into rows: a cell may take several lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from .entries import EntryLine, numeric_columns
from .ruling import Segment

# Lines nearer than this share of the distance of rows continue the row above.
NEAR = 0.8
# A line counts as full, so that the next continues it, if the next word had no room in it.
INDENT = 0.5


def body_rows(
    lines: Sequence[EntryLine], columns: int, rules: Sequence[Segment], unit: float
) -> list[list[int]]:
    """Numbers of the lines of each row, from top to bottom."""
    if not lines:
        return []
    numeric = numeric_columns(lines, columns)
    pitch = _pitch(lines, numeric)
    width = max((each.chunk.box.right for line in lines for each in line.entries
                 if each.first == each.last == 0), default=0.0)
    rows = [[0]]
    for number in range(1, len(lines)):
        row = [lines[index] for index in rows[-1]]
        line = lines[number]
        if any(row[-1].line.middle < rule.at < line.line.middle for rule in rules):
            rows.append([number])
        elif _continues(row, line, numeric, pitch, width, unit):
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows


def _pitch(lines: Sequence[EntryLine], numeric: set[int]) -> float | None:
    """Distance of rows: of neighbouring lines that both have numbers, which never wrap."""
    distances = [
        below.line.middle - above.line.middle
        for above, below in pairwise(lines)
        if above.numbers & below.numbers & numeric
    ]
    return median(distances) if len(distances) >= 2 else None


def _continues(
    row: Sequence[EntryLine],
    line: EntryLine,
    numeric: set[int],
    pitch: float | None,
    width: float,
    unit: float,
) -> bool:
    """Whether the line goes on with the row instead of beginning one."""
    filled = set().union(*(each.columns for each in row))
    numbers = set().union(*(each.numbers for each in row))
    if line.numbers & numbers & numeric:
        return False
    distance = line.line.middle - row[-1].line.middle
    if pitch is not None and distance < NEAR * pitch:
        return True
    if 0 not in line.columns:
        # Values without a label: of the label above, or more text of cells above.
        if filled == {0}:
            return _is_wrapped(row[-1], line, width, unit)
        return line.columns <= filled and not line.numbers & numeric
    if line.columns == {0} or filled == {0}:
        return _is_wrapped(row[-1], line, width, unit)
    return _all_lower(row[-1], line) and not line.numbers


def _is_wrapped(above: EntryLine, line: EntryLine, width: float, unit: float) -> bool:
    """The label goes on: in small letters, or further in because it had no room."""
    last, first = above.entry_in(0), line.entry_in(0)
    if last is None or first is None:
        return False
    if first.chunk.text[:1].islower() and not last.chunk.text.rstrip().endswith((".", ":")):
        return True
    room = width - last.chunk.box.right - first.chunk.tokens[0].box.width
    indented = first.chunk.box.left - last.chunk.box.left > INDENT * unit
    return indented and room < 0.3 * unit and not last.chunk.text.rstrip().endswith(":")


def _all_lower(above: EntryLine, line: EntryLine) -> bool:
    return all(
        entry.chunk.text[:1].islower() and above.entry_in(entry.first) is not None
        for entry in line.entries
    )
