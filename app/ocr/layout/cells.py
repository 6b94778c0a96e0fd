"""Text in visual rows, split into cells, for pages without tables.

Made for receipts, forms and tables without lines, where an item and its price are far apart.
"""

from __future__ import annotations

import math
import statistics
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.ocr.result import Bbox, Line, Word
from app.ocr.text import one_line

# A gap wider than the words are high ends a cell; spaces between words are a third of that.
CELL_GAP = 1.0
# Longest line that columns are aligned to, in characters.
WIDEST = 240


@dataclass(frozen=True, slots=True)
class Cell:
    """middle: of its height, in pixels of the page without its skew."""

    text: str
    bbox: Bbox
    middle: float
    direction: str = "ltr"
    words: tuple[Word, ...] = ()


Row = tuple[Cell, ...]


def rows(lines: Iterable[Line], skew: float = 0.0) -> list[Row]:
    """Cells grouped by height on the page, top to bottom, each row in reading direction."""
    cells = [cell for line in lines for cell in _cells(line, math.tan(math.radians(skew)))]
    groups: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda cell: cell.middle):
        if groups and _same_row(groups[-1], cell):
            groups[-1].append(cell)
        else:
            groups.append([cell])
    backwards = sum(cell.direction == "rtl" for cell in cells) * 2 > len(cells)
    return [
        tuple(sorted(group, key=lambda cell: cell.bbox.left, reverse=backwards)) for group in groups
    ]


def tables(all_rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """Runs of rows with several cells, and each row of one cell by itself, in order."""
    run: list[Row] = []
    for row in all_rows:
        if len(row) > 1:
            run.append(row)
            continue
        if run:
            yield tuple(run)
            run = []
        yield (row,)
    if run:
        yield tuple(run)


def grid(table: Sequence[Row]) -> list[list[str]]:
    """The texts of a table in rows of equal length, "" for an empty place."""
    return [[" ".join(cell.text for cell in place) for place in row] for row in places(table)]


def places(table: Sequence[Row]) -> list[list[list[Cell]]]:
    """The cells of a table by row and column; the list of an empty place is empty."""
    spans = _column_spans(cell.bbox for row in table for cell in row)
    backwards = bool(table[0][1:]) and table[0][0].bbox.left > table[0][-1].bbox.left
    return [_placed(row, spans[::-1] if backwards else spans) for row in table]


def aligned(all_rows: Sequence[Row]) -> Iterator[str]:
    """One line of text for each row, columns set apart by spaces as in the picture."""
    cells = [cell for row in all_rows for cell in row]
    if not cells:
        return
    left = min(cell.bbox.left for cell in cells)
    right = max(cell.bbox.right for cell in cells)
    widths = [cell.bbox.width / display_width(cell.text) for cell in cells if cell.text]
    unit = max(statistics.median(widths), (right - left) / WIDEST, 1)
    for row in all_rows:
        yield _aligned_row(row, left, right, unit)


def display_width(text: str) -> int:
    """Columns of a fixed-width font: Chinese, Japanese and Korean characters take two."""
    return max(1, sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text))


def _cells(line: Line, slope: float) -> Iterator[Cell]:
    words = [word for word in line.words if word.text.strip()]
    if not words:
        return
    start = 0
    limit = CELL_GAP * statistics.median(word.bbox.height for word in words)
    for index, (before, after) in enumerate(pairwise(words), start=1):
        if _gap(before.bbox, after.bbox) > limit:
            yield _cell(words[start:index], line.direction, slope)
            start = index
    yield _cell(words[start:], line.direction, slope)


def _cell(words: Sequence[Word], direction: str, slope: float) -> Cell:
    bbox = Bbox.around(word.bbox for word in words)
    middle = (bbox.top + bbox.bottom) / 2 - slope * (bbox.left + bbox.right) / 2
    return Cell(one_line(Line(tuple(words)).text), bbox, middle, direction, tuple(words))


def _gap(before: Bbox, after: Bbox) -> int:
    """The gap between neighbours in either direction; negative where they overlap."""
    return max(after.left - before.right, before.left - after.right)


def _same_row(row: Sequence[Cell], cell: Cell) -> bool:
    middle = statistics.fmean(other.middle for other in row)
    height = min(cell.bbox.height, max(other.bbox.height for other in row))
    return abs(cell.middle - middle) < max(height, 1) / 2


def _column_spans(boxes: Iterable[Bbox]) -> list[tuple[int, int]]:
    """Left and right of each column, from the left: boxes that overlap share a column."""
    spans: list[tuple[int, int]] = []
    for box in sorted(boxes):
        if spans and box.left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], box.right))
        else:
            spans.append((box.left, box.right))
    return spans


def _placed(row: Row, spans: Sequence[tuple[int, int]]) -> list[list[Cell]]:
    return [
        [cell for cell in row if start <= cell.bbox.left < max(end, start + 1)]
        for start, end in spans
    ]


def _aligned_row(row: Row, left: int, right: int, unit: float) -> str:
    backwards = len(row) > 1 and row[0].bbox.left > row[-1].bbox.left
    text, width = "", 0
    for cell in row:
        distance = right - cell.bbox.right if backwards else cell.bbox.left - left
        pad = max(round(distance / unit) - width, 2 if text else 0)
        text += " " * pad + cell.text
        width += pad + display_width(cell.text)
    return text
