"""Runs of text lines that may be the rows of one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .columns import Column, columns_of
from .entries import entry_lines, numeric_columns
from .lines import TextLine, is_number, text_lines
from .prose import is_wordy

# In heights of a line: largest white between rows, and below a line of the column heads.
ROW_GAP = 1.8
HEAD_GAP = 0.8
HEAD_LINES = 6
# Tables with this many columns have titles narrower than their heads.
WIDE_TABLE = 5
# Least number of bold heads below a letterhead.
LEAST_HEADS = 3
# Most consecutive lines without a gap: anywhere, and within the column of labels.
SINGLE_LINES = 2
LABEL_LINES = 8
# Least white between tables side by side, in heights of a line and in gaps of their columns.
GUTTER = 2.0
GUTTER_GAPS = 2.5
ONE_SIDED = 0.2
# White above the heads of a second table, relative to that between the rows above it.
SECOND_TABLE = 1.25


def runs(lines: Sequence[TextLine], unit: float) -> Iterator[list[TextLine]]:
    """Runs from the heads to the last line with a gap. lines: from top to bottom."""
    start = 0
    while start < len(lines):
        end = run_end(lines, start, unit)
        many = [at for at in range(start, end) if len(lines[at].chunks) > 1]
        if len(many) > 1:
            first = many[0] + _letterhead_lines(lines[many[0] : end])
            last = _last_row(lines, first, many[-1], unit)
            region = list(lines[first : _last_line(lines[:end], last, unit)])
            heads = heading_above(lines[start:first], region, region[0].box.top, unit)
            yield from _parted([*heads, *region], unit)
        start = max(end, start + 1)


def run_end(lines: Sequence[TextLine], start: int, unit: float) -> int:
    """End of the rows: at a wide strip of white, after several lines without gaps, or at the heads
    of another table."""
    label_end = float("inf")
    single = labels = 0
    for at in range(start, len(lines)):
        line = lines[at]
        if at > start and line.box.top - lines[at - 1].box.bottom > ROW_GAP * unit:
            return at
        if at > start + 1 and are_bold_heads(lines[at]) and _is_second(lines, start, at):
            return at
        if len(line.chunks) > 1:
            label_end = min(label_end, line.chunks[1].box.left)
            single = labels = 0
        elif line.box.right < label_end:
            labels += 1
        else:
            single += 1
        if single > SINGLE_LINES or labels > LABEL_LINES:
            return at
    return len(lines)


def are_bold_heads(line: TextLine) -> bool:
    """Whether they are several texts in bold type, none of them a number."""
    return (
        len(line.chunks) > 1
        and all(token.bold for token in line.tokens)
        and not any(chunk.is_number for chunk in line.chunks)
    )


def _is_second(lines: Sequence[TextLine], start: int, at: int) -> bool:
    """Whether bold heads begin another table below one with heads and rows of its own."""
    before, after = lines[at - 1], lines[at + 1 : at + 2]
    if not after or any(token.bold for line in (before, *after) for token in line.tokens):
        return False
    heads = next((row for row in range(start, at - 1) if are_bold_heads(lines[row])), None)
    if heads is None:
        return False
    white = [low.box.top - high.box.bottom for high, low in pairwise(lines[heads:at])]
    return lines[at].box.top - before.box.bottom > SECOND_TABLE * max(white)


def _letterhead_lines(lines: Sequence[TextLine]) -> int:
    """Number of lines above bold heads that have at most half as many texts, as letterheads do."""
    most = 0
    for at, line in enumerate(lines):
        if are_bold_heads(line) and len(line.chunks) >= max(LEAST_HEADS, 2 * most):
            return at
        most = max(most, len(line.chunks))
    return 0


def _last_row(lines: Sequence[TextLine], first: int, last: int, unit: float) -> int:
    """Number of the last row: above a note across the columns that no full row follows."""
    most = max(len(line.chunks) for line in lines[first : last + 1])
    full = [at for at in range(first, last + 1) if len(lines[at].chunks) >= max(3, most / 2)]
    if not full:
        return last
    notes = (
        len(line.chunks) == 1
        and is_wordy(line.chunks[0], unit)
        and line.box.right > lines[full[-1]].chunks[1].box.left
        for line in lines[full[-1] : last]
    )
    return full[-1] if any(notes) else last


def _last_line(lines: Sequence[TextLine], last: int, unit: float) -> int:
    """End of the rows, including lines after the last one with a gap that continue its label."""
    end = last + 1
    label = lines[last].chunks[0].box
    while end < len(lines) and end - last <= SINGLE_LINES:
        line = lines[end]
        inside = (
            label.left - unit < line.box.left and line.box.right < lines[last].chunks[1].box.left
        )
        if not (inside and line.chunks[0].text[:1].islower()):
            break
        end += 1
    return end


def heading_above(
    above: Sequence[TextLine], region: Sequence[TextLine], top: float, unit: float
) -> list[TextLine]:
    """Column heads right above the first rule, or above the first line with gaps.

    A head that spans others may be alone on its line, but not above the column of labels. A title
    with gaps begins above that column and ends within the left half of a table of many columns.
    """
    stub = min((line.chunks[0] for line in region), key=lambda chunk: chunk.box.left).box
    right = max(line.box.right for line in region)
    wide = max(len(line.chunks) for line in region) >= WIDE_TABLE
    found: list[TextLine] = []
    for line in reversed(above):
        if top - line.box.bottom > HEAD_GAP * unit or len(found) == HEAD_LINES:
            break
        if len(line.chunks) < 2 and line.box.left < stub.right:
            break
        if any(is_wordy(chunk, unit) for chunk in line.chunks):
            break
        if wide and line.box.left <= stub.left and line.box.right < (stub.left + right) / 2:
            break
        found.insert(0, line)
        top = line.box.top
    return found


def _parted(lines: list[TextLine], unit: float) -> Iterator[list[TextLine]]:
    """Splits tables side by side, whose lines may be at the same or different heights."""
    gutter = _gutter(lines, unit)
    if gutter is None:
        yield lines
        return
    tokens = [token for line in lines for token in line.tokens]
    left = text_lines(token for token in tokens if token.box.right <= gutter)
    right = text_lines(token for token in tokens if token.box.right > gutter)
    yield from runs(left, unit)
    yield from runs(right, unit)


def _gutter(lines: Sequence[TextLine], unit: float) -> float | None:
    """Middle of the white between two tables."""
    columns = columns_of(lines, unit)
    if len(columns) < 4:
        return None
    gaps = [right.left - left.right for left, right in pairwise(columns)]
    for at in range(1, len(gaps)):
        others = sorted(gaps[:at] + gaps[at + 1 :])
        typical = others[len(others) // 2]
        if gaps[at] < GUTTER * unit or at + 1 >= len(columns) - 1:
            continue
        middle = (columns[at].right + columns[at + 1].left) / 2
        apart = gaps[at] >= GUTTER_GAPS * max(typical, unit) or _is_one_sided(lines, middle)
        if apart and _are_tables(lines, columns, at, unit):
            return middle
    return None


def _is_one_sided(lines: Sequence[TextLine], middle: float) -> bool:
    """Whether each side has lines of its own: rows of a single table would cover both."""
    left = sum(line.box.right < middle for line in lines)
    right = sum(line.box.left > middle for line in lines)
    return min(left, right) >= ONE_SIDED * len(lines)


def _are_tables(lines: Sequence[TextLine], columns: Sequence[Column], at: int, unit: float) -> bool:
    """Whether the right part has a column of labels of its own."""
    bounds = [(left.right + right.left) / 2 for left, right in pairwise(columns)]
    entries = entry_lines(lines, bounds, unit)
    numeric = numeric_columns(entries, len(columns))
    labels = [entry for line in entries if (entry := line.entry_in(at + 1))]
    words = sum(not is_number(entry.chunk.text) for entry in labels)
    return at + 1 not in numeric and words >= 0.7 * len(labels)
