"""Judgement of unruled regions: lists, forms, contents pages and equations are not tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.ocr.layout.kinds.caption_words import FIGURES
from app.ocr.layout.tables.filling import Filled
from app.ocr.layout.tables.ruled.judge import FILLED_SHARE

from .entries import EntryLine, numeric_columns
from .equations import are_equations
from .listings import is_listing
from .pairs import are_pairs
from .runs import are_bold_heads
from .stream import Stream

MARKER = re.compile(r"^[\W_]$|^\(?(\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]$|^\[\d+\]$|^[o•▪■□☐☒]$")
LABEL = re.compile(r"[:：]\s*$")
OPTION = re.compile(r"[□☐☒◯◉] ?\w")
# Start of a caption, whose lines may have stretched spaces.
FIGURE = re.compile(rf"(?:{FIGURES}) ?\d+[.:]", re.IGNORECASE)
# Lines with several cells: least number, least number with two columns or without numbers, and
# least share of the region's lines.
FULL_LINES = 3
FULL_LINES_OF_TWO = 4
FULL_SHARE = 0.5
# Least number of columns of a table with a single row below its heads.
LEAST_HEADS = 3
# Least share of these lines' cells with text; a larger one if no column has numbers.
CELLS_SHARE = 0.5
WORDS_SHARE = 0.75
# Least share of aligned columns, and of aligned cells in such a column.
ALIGNED_COLUMNS = 0.75
ALIGNED_CELLS = 0.6
SHORT_WORDS = 4
POINTS_SHARE = 0.8


def is_stream_table(stream: Stream, filled: Filled, unit: float, *, ruled: bool) -> bool:
    """Whether it is a table. ruled: rules bound the region, which is rare for prose and lists."""
    lines, columns = stream.lines, stream.grid.columns
    if columns < 2 or sum(map(bool, filled.tokens)) < FILLED_SHARE * len(filled.fields):
        return False
    if _has_markers(lines) or _is_form(lines) or _is_other(lines, columns, ruled=ruled):
        return False
    full = [line for line in lines if len(line.entries) > 1]
    numeric = numeric_columns(lines, columns) - ({0} if columns > 2 else set())
    without_head = columns == 2 and not _has_head(stream, full)
    if (without_head and _is_contents(full)) or not (ruled or _columns_align(lines, columns, unit)):
        return False
    if ruled:
        return len(full) > 1 and (bool(numeric) or columns > 2 or len(full) >= FULL_LINES)
    if not _are_full(lines, full):
        return _is_headed_row(lines, columns)
    if columns == 2:
        listed = bool(numeric - {0}) and _is_list_of_amounts(stream, full)
        return listed or are_pairs(lines, unit)
    return _has_cells(lines, full, numeric, columns)


def _is_other(lines: Sequence[EntryLine], columns: int, *, ruled: bool) -> bool:
    if FIGURE.match(lines[0].entries[0].chunk.text):
        return True
    return is_listing(lines, columns) or (not ruled and are_equations(lines))


def _is_headed_row(lines: Sequence[EntryLine], columns: int) -> bool:
    """Whether short values are below bold heads in all of at least three columns."""
    if len(lines) != 2 or columns < LEAST_HEADS:
        return False
    heads, values = lines
    filled = all(len(line.entries) == columns for line in lines)
    plain = not any(token.bold for token in values.line.tokens)
    return filled and plain and are_bold_heads(heads.line) and _are_short(lines)


def _are_full(lines: Sequence[EntryLine], full: Sequence[EntryLine]) -> bool:
    """Whether enough of the lines, and most of them, have several cells."""
    return len(full) >= FULL_LINES and len(full) >= FULL_SHARE * len(lines)


def _columns_align(lines: Sequence[EntryLine], columns: int, unit: float) -> bool:
    """Whether the cells of most columns are aligned."""
    aligned = sum(_is_aligned(lines, column, unit) for column in range(columns))
    return aligned >= ALIGNED_COLUMNS * columns


def _has_cells(
    lines: Sequence[EntryLine], full: Sequence[EntryLine], numeric: set[int], columns: int
) -> bool:
    """Whether there are columns of numbers, or short texts in most cells."""
    share = sum(len(line.columns) for line in full) / (columns * len(full))
    if numeric:
        return share >= CELLS_SHARE
    if len(full) < FULL_LINES_OF_TWO or share < WORDS_SHARE:
        return False
    return _are_short(lines) and not _end_in_points(full)


def _is_list_of_amounts(stream: Stream, full: Sequence[EntryLine]) -> bool:
    """Whether it is names and numbers below a heading, unlike receipts and contents pages."""
    enough = len(full) >= FULL_LINES_OF_TWO
    return enough and _has_head(stream, full) and not _is_contents(full)


def _has_head(stream: Stream, full: Sequence[EntryLine]) -> bool:
    head = sum(1 in line.columns and 1 not in line.numbers for line in full[:2])
    return stream.heading > 0 and head > 0


def _has_markers(lines: Sequence[EntryLine]) -> bool:
    """Whether it is a list: the first of two columns holds mostly bullets or item numbers."""
    first = [entry.chunk.text for line in lines if (entry := line.entry_in(0)) and not entry.spans]
    marks = sum(bool(MARKER.match(text)) for text in first)
    most = max((len(line.columns) for line in lines), default=0)
    return most <= 2 and marks >= 0.6 * max(1, len(first))


def _is_form(lines: Sequence[EntryLine]) -> bool:
    """Whether most texts have a label with a colon or a box to tick on their left."""
    labels = sum(
        bool(LABEL.search(label.chunk.text) or OPTION.match(entry.chunk.text))
        for line in lines
        for label, entry in pairwise(line.entries)
    )
    pairs = sum(len(line.entries) - 1 for line in lines)
    return labels >= 0.5 * max(1, pairs)


def _is_contents(lines: Sequence[EntryLine]) -> bool:
    """Whether ascending page numbers follow titles."""
    pages = [
        int(text)
        for line in lines
        if (entry := line.entry_in(1)) and (text := entry.chunk.text.strip()).isdecimal()
    ]
    if len(pages) < 0.7 * sum(1 in line.columns for line in lines):
        return False
    rising = sum(before <= after for before, after in pairwise(pages))
    return len(pages) > 2 and rising >= 0.9 * (len(pages) - 1)


def _is_aligned(lines: Sequence[EntryLine], column: int, unit: float) -> bool:
    """Whether most of a column's cells have the same left edge, right edge or middle."""
    boxes = [
        entry.chunk.box for line in lines if (entry := line.entry_in(column)) and not entry.spans
    ]
    if len(boxes) < 2:
        return True
    sides = (
        [box.left for box in boxes],
        [box.right for box in boxes],
        [(box.left + box.right) / 2 for box in boxes],
    )
    return any(_most_near(values, unit) >= ALIGNED_CELLS * len(boxes) for values in sides)


def _most_near(values: Sequence[float], reach: float) -> int:
    """Number of values in the fullest interval of this length."""
    ordered = sorted(values)
    best = start = 0
    for end, value in enumerate(ordered):
        while value - ordered[start] > reach:
            start += 1
        best = max(best, end - start + 1)
    return best


def _are_short(lines: Sequence[EntryLine]) -> bool:
    entries = [entry for line in lines for entry in line.entries]
    short = sum(len(entry.chunk.tokens) <= SHORT_WORDS for entry in entries)
    return short >= 0.8 * len(entries)


def _end_in_points(lines: Sequence[EntryLine]) -> bool:
    """Whether most texts end with a point, like names below a typed letter and unlike cells."""
    texts = [entry.chunk.text.rstrip() for line in lines for entry in line.entries]
    return sum(text.endswith(".") for text in texts) >= POINTS_SHARE * len(texts)
