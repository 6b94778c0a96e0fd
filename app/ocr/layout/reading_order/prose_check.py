"""Columns of prose mistaken for a table because their lines are at the same heights."""

from __future__ import annotations

from collections import defaultdict
from statistics import median

from app.ocr.layout.tables import FoundTable
from app.ocr.result import Bbox, Cell, Line

# A newspaper's column has at least this many lines, with this many words and characters each.
LEAST_LINES = 5
WORDS, CHARACTERS = 3, 14
# Lines of prose fill their column and break within a sentence, unlike cells.
FULL, FULL_SHARE = 0.7, 0.6
GOING_ON = 0.45


def is_prose(table: FoundTable) -> bool:
    """Whether at least two columns, and most of them, are running text."""
    columns: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        if cell.lines and cell.column_span == 1:
            columns[cell.column].append(cell)
    prose = sum(map(_is_running, columns.values()))
    return prose >= 2 and 2 * prose > len(columns)


def _is_running(cells: list[Cell]) -> bool:
    ordered = sorted(cells, key=lambda cell: cell.row)
    lines = [line for cell in ordered for line in cell.lines]
    if len(lines) < LEAST_LINES or median(len(line.words) for line in lines) < WORDS:
        return False
    if median(len(line.text) for line in lines) < CHARACTERS:
        return False
    box = Bbox.around(line.bbox for line in lines)
    full = sum(line.bbox.width >= FULL * box.width for line in lines)
    ends = [cell.lines[-1] for cell in ordered]
    return full >= FULL_SHARE * len(lines) and _go_on(ends, ordered) >= GOING_ON


def _go_on(ends: list[Line], cells: list[Cell]) -> float:
    """Share of the cells whose sentence continues in the next cell."""
    pairs = list(zip(ends, cells[1:], strict=False))
    going = sum(
        end.text[-1:] not in ".:;!?" and cell.lines[0].text[:1].islower() for end, cell in pairs
    )
    sentence_ends = sum(end.text[-1:] in ".:;!?" for end, _ in pairs)
    return going / max(1, len(pairs) - sentence_ends)
