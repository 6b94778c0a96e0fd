"""Assignment of the chunks of a table's text lines to its columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .columns import span_of
from .lines import Chunk, TextLine

# A chunk is cut at a column's boundary if its words there are this many line heights apart.
CUT_GAP = 0.33


@dataclass(frozen=True, slots=True)
class Entry:
    """A chunk that fills the columns first to last, inclusive."""

    first: int
    last: int
    chunk: Chunk

    @property
    def spans(self) -> bool:
        return self.first < self.last


@dataclass(frozen=True)
class EntryLine:
    """entries: from left to right, never empty."""

    line: TextLine
    entries: tuple[Entry, ...]

    @cached_property
    def columns(self) -> set[int]:
        return {column for entry in self.entries for column in range(entry.first, entry.last + 1)}

    @cached_property
    def numbers(self) -> set[int]:
        return {entry.first for entry in self.entries if not entry.spans and entry.chunk.is_number}

    def entry_in(self, column: int) -> Entry | None:
        return next((each for each in self.entries if each.first <= column <= each.last), None)


def entry_lines(lines: Sequence[TextLine], bounds: Sequence[float], unit: float) -> list[EntryLine]:
    """The lines with their chunks assigned to columns. bounds: between the columns."""
    return [EntryLine(line, tuple(_entries(line, bounds, unit))) for line in lines]


def _entries(line: TextLine, bounds: Sequence[float], unit: float) -> list[Entry]:
    """The entries of one line; its chunks in the same column are one entry."""
    found: list[Entry] = []
    for chunk in (part for whole in line.chunks for part in _cut(whole, bounds, unit)):
        first, last = span_of(chunk.box.left, chunk.box.right, bounds)
        if found and first <= found[-1].last:
            before = found.pop()
            both = Chunk.of(before.chunk.tokens + chunk.tokens)
            found.append(Entry(before.first, max(before.last, last), both))
        else:
            found.append(Entry(first, last, chunk))
    return found


def _cut(chunk: Chunk, bounds: Sequence[float], unit: float) -> Iterator[Chunk]:
    start = 0
    left, right = chunk.tokens[0].box.left, chunk.tokens[-1].box.left
    for bound in bounds[bisect_left(bounds, left) : bisect_right(bounds, right)]:
        for at in range(start + 1, len(chunk.tokens)):
            before, after = chunk.tokens[at - 1].box.right, chunk.tokens[at].box.left
            if before <= bound <= after and after - before >= CUT_GAP * unit:
                yield Chunk.of(chunk.tokens[start:at])
                start = at
                break
    yield Chunk.of(chunk.tokens[start:]) if start else chunk


def numeric_columns(lines: Sequence[EntryLine], columns: int, share: float = 0.6) -> set[int]:
    """Columns with at least two numbers and this share of numbers among their entries."""
    numbers = Counter(column for line in lines for column in line.numbers)
    filled = Counter(entry.first for line in lines for entry in line.entries if not entry.spans)
    return {
        column
        for column, count in numbers.items()
        if column < columns and count >= 2 and count >= share * filled[column]
    }
