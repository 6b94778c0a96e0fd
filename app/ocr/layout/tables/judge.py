"""Whether what looks like a grid is a table: false tables are as bad as missed ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.ocr.result import Bbox

from .entries import EntryLine, numeric_columns
from .filling import Filled
from .stream import Stream

MARKER = re.compile(r"^[\W_]$|^\(?(\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]$|^\[\d+\]$|^[o•▪■□☐☒]$")
LABEL = re.compile(r"[:：]\s*$")
# Words that a border runs through, as in diagrams and charts.
CROSSED_SHARE = 0.08
# Of the fields so many have text: of a grid that is drawn, and of any other.
FILLED_SHARE = 0.15
DRAWN_SHARE = 0.75
LEAST_TEXTS = 4
STREAM_FILLED = 0.4


def is_drawing(filled: Filled) -> bool:
    """Borders that run through words: a chart or a diagram."""
    crossed = sum(
        _is_crossed(token.box, field.box(filled.grid))
        for field, tokens in zip(filled.fields, filled.tokens, strict=True)
        for token in tokens
    )
    return crossed > max(1.0, CROSSED_SHARE * len(filled.all_tokens))


def _is_crossed(word: Bbox, field: Bbox) -> bool:
    slack = 0.3 * word.height
    return (
        field.left - word.left > slack
        or word.right - field.right > slack
        or field.top - word.top > slack
        or word.bottom - field.bottom > slack
    )


def is_ruled_table(filled: Filled, drawn_share: float) -> bool:
    """At least two rows and two columns with text, few of the fields empty.

    drawn_share: of the grid's inner borders. Only where nearly all are drawn a form may be empty.
    """
    texts = [bool(tokens) for tokens in filled.tokens]
    rows = {f.row for f, text in zip(filled.fields, texts, strict=True) if text}
    columns = {f.column for f, text in zip(filled.fields, texts, strict=True) if text}
    enough = len(rows) > 1 and len(columns) > 1 and sum(texts) >= LEAST_TEXTS
    least = FILLED_SHARE if drawn_share >= DRAWN_SHARE else STREAM_FILLED
    return enough and sum(texts) >= least * len(texts)


def is_stream_table(stream: Stream, filled: Filled, unit: float, *, ruled: bool) -> bool:
    """ruled: the region is bounded by rules, which prose and lists seldom are."""
    lines, columns = stream.lines, stream.grid.columns
    if columns < 2 or sum(map(bool, filled.tokens)) < STREAM_FILLED * len(filled.fields):
        return False
    full = [line for line in lines if len(line.entries) > 1]
    body = [line for line in lines]
    numeric = numeric_columns(body, columns) - ({0} if columns > 2 else set())
    if _has_markers(lines) or _is_form(lines):
        return False
    if ruled:
        return len(full) >= 2 and (bool(numeric) or columns > 2 or len(full) >= 3)
    if len(full) < 3 or len(full) < 0.5 * len(lines):
        return False
    share = sum(len(line.columns) for line in full) / (columns * len(full))
    if share < 0.5:
        return False
    aligned = [column for column in range(columns) if _is_aligned(lines, column, unit)]
    if len(aligned) < 0.75 * columns:
        return False
    if columns == 2:
        return bool(numeric - {0}) and len(full) >= 4 and not _is_contents(lines)
    if numeric:
        return True
    return len(full) >= 4 and share >= 0.75 and _are_short(lines)


def _has_markers(lines: Sequence[EntryLine]) -> bool:
    """A list: what stands in the first column are bullets or numbers of items."""
    first = [entry.chunk.text for line in lines if (entry := line.entry_in(0)) and not entry.spans]
    marks = sum(bool(MARKER.match(text)) for text in first)
    return marks >= 0.6 * max(1, len(first)) and max(
        (len(line.columns) for line in lines), default=0
    ) <= 2


def _is_form(lines: Sequence[EntryLine]) -> bool:
    labels = sum(
        bool(LABEL.search(entry.chunk.text)) for line in lines for entry in line.entries[:-1]
    )
    pairs = sum(len(line.entries) - 1 for line in lines)
    return labels >= 0.5 * max(1, pairs)


def _is_contents(lines: Sequence[EntryLine]) -> bool:
    """Page numbers, ascending, behind titles."""
    pages = [
        int(text)
        for line in lines
        if (entry := line.entry_in(1)) and (text := entry.chunk.text.strip()).isdigit()
    ]
    if len(pages) < 0.7 * sum(1 in line.columns for line in lines):
        return False
    rising = sum(before <= after for before, after in pairwise(pages))
    return len(pages) > 2 and rising >= 0.9 * (len(pages) - 1)


def _is_aligned(lines: Sequence[EntryLine], column: int, unit: float) -> bool:
    """Most of a column's cells begin, end or are centred at one place."""
    boxes = [
        entry.chunk.box
        for line in lines
        if (entry := line.entry_in(column)) and not entry.spans
    ]
    if len(boxes) < 2:
        return True
    sides = (
        [box.left for box in boxes],
        [box.right for box in boxes],
        [(box.left + box.right) / 2 for box in boxes],
    )
    return any(_most_near(values, 0.5 * unit) >= 0.6 * len(boxes) for values in sides)


def _most_near(values: Sequence[float], reach: float) -> int:
    ordered = sorted(values)
    best = start = 0
    for end, value in enumerate(ordered):
        while value - ordered[start] > 2 * reach:
            start += 1
        best = max(best, end - start + 1)
    return best


def _are_short(lines: Sequence[EntryLine]) -> bool:
    entries = [entry for line in lines for entry in line.entries]
    return sum(len(entry.chunk.tokens) <= 4 for entry in entries) >= 0.8 * len(entries)
