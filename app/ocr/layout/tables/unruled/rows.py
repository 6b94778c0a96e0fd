"""Rows from the text lines of a table's body: a cell may take several lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.ocr.layout.tables.ruled.ruling import Segment

from .entries import EntryLine, numeric_columns

# Line distances between rows exceed those within cells by at least this factor.
JUMP = 1.1
# In heights of a line: largest distance of lines in one cell, and the distance below which texts
# are only offset by half a line, as beside a label of two lines.
LINE_PITCH = 1.45
HALF_LINE = 0.75
INDENT = 0.5


@dataclass(frozen=True, slots=True)
class Spacing:
    """numeric: columns of numbers, which never wrap; label_right: edge at which labels must wrap.

    pitch: largest distance of lines in one cell, None if distances are no evidence.
    """

    unit: float
    numeric: frozenset[int]
    label_right: float
    pitch: float | None


def body_rows(
    lines: Sequence[EntryLine], columns: int, rules: Sequence[Segment], unit: float
) -> list[list[int]]:
    """Numbers of the lines of each row, from top to bottom."""
    if not lines:
        return []
    spacing = _spacing(lines, columns, rules, unit)
    rows = [[0]]
    for number in range(1, len(lines)):
        row = [lines[index] for index in rows[-1]]
        line = lines[number]
        begins = number + 1 < len(lines) and _leads(row[-1], line, lines[number + 1], spacing)
        if not (begins or _is_ruled(row[-1], line, rules)) and _continues(row, line, spacing):
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows


def _is_ruled(above: EntryLine, below: EntryLine, rules: Sequence[Segment]) -> bool:
    return any(above.line.middle < rule.at < below.line.middle for rule in rules)


def _spacing(
    lines: Sequence[EntryLine], columns: int, rules: Sequence[Segment], unit: float
) -> Spacing:
    numeric = frozenset(numeric_columns(lines, columns))
    right = max(
        (
            entry.chunk.box.right
            for line in lines
            if (entry := line.entry_in(0)) and not entry.spans
        ),
        default=0,
    )
    pairs = [
        (below.line.middle - above.line.middle, bool(above.numbers & below.numbers & numeric))
        for above, below in pairwise(lines)
        if not _is_ruled(above, below, rules)
    ]
    return Spacing(unit, numeric, right, _line_pitch(pairs, unit))


def _line_pitch(pairs: Sequence[tuple[float, bool]], unit: float) -> float | None:
    """Distance at which the sorted distances jump, if hardly any rows of numbers are nearer."""
    ordered = sorted(pair for pair in pairs if pair[0] >= HALF_LINE * unit)
    best, pitch = JUMP, None
    rows = 0
    for count, ((low, is_row), (high, _)) in enumerate(pairwise(ordered), start=1):
        rows += is_row
        even = low / ordered[0][0] <= 1 + (high / low - 1) / 1.5
        if high / low >= best and even and low <= LINE_PITCH * unit and rows <= 0.1 * count:
            best, pitch = high / low, (low + high) / 2
    return pitch


def _leads(above: EntryLine, line: EntryLine, below: EntryLine, spacing: Spacing) -> bool:
    """Whether it is the first of several lines of a cell beside the middle of which the row's
    numbers are."""
    near = HALF_LINE * spacing.unit
    before, after = line.line.middle - above.line.middle, below.line.middle - line.line.middle
    numbers = below.numbers & spacing.numeric
    return after < near <= before and bool(numbers) and not line.numbers & spacing.numeric


def _continues(row: Sequence[EntryLine], line: EntryLine, spacing: Spacing) -> bool:
    """Whether the line continues the row instead of beginning a new one."""
    filled = set().union(*(each.columns for each in row))
    numbers = set().union(*(each.numbers for each in row))
    distance = line.line.middle - row[-1].line.middle
    if distance < HALF_LINE * spacing.unit:
        return not line.numbers & numbers & spacing.numeric
    if line.numbers & numbers & spacing.numeric:
        return False
    if spacing.pitch is not None:
        return distance <= spacing.pitch
    if 0 not in line.columns:
        # Values without a label: more text of the cells above.
        return filled != {0} and line.columns <= filled and not line.numbers & spacing.numeric
    if line.columns == {0} or filled == {0}:
        return _is_wrapped(row[-1], line, spacing)
    if line.numbers or _is_small(row[0]):
        return False
    return _is_small(line) and all(row[-1].entry_in(entry.first) for entry in line.entries)


def _is_wrapped(above: EntryLine, line: EntryLine, spacing: Spacing) -> bool:
    """Whether the label continues: with a small letter, or indented after it ran out of room."""
    last, first = above.entry_in(0), line.entry_in(0)
    if last is None or first is None:
        return False
    ends = last.chunk.text.rstrip().endswith((".", ":"))
    if first.chunk.text[:1].islower() and not ends:
        return True
    room = spacing.label_right - last.chunk.box.right - first.chunk.tokens[0].box.width
    indented = first.chunk.box.left - last.chunk.box.left > INDENT * spacing.unit
    return indented and room < 0.3 * spacing.unit and not ends


def _is_small(line: EntryLine) -> bool:
    """Whether every entry begins with a small letter; no evidence if all rows do."""
    return all(entry.chunk.text[:1].islower() for entry in line.entries)
