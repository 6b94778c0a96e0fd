"""Dashes and discs of a picture in front of list items, which engines often leave out.

They are found by their ink: separate, left of a line of text, at the middle of its small letters,
and in a column with others of the same shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word

from .separate_marks import Ink, SeparateMarks, TextLine

# Limits, in type sizes, of the gap between the mark and its line.
NEAREST, FURTHEST = 0.2, 3.0
SAME_LEFT = 0.3
# A list has at least this many items with one marker.
FEWEST = 2
READ = {"-": "-", "–": "–", "—": "–", "•": "•", "·": "•", "●": "•"}
CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class _Bullet:
    """size: of the type of its line."""

    symbol: str
    box: Bbox
    size: float


def bullets(separate: SeparateMarks, pieces: Sequence[Piece]) -> list[Piece]:
    """A piece for each marker among the marks. pieces: all other pieces of the page."""
    found = [bullet for mark in separate.marks if (bullet := _bullet(mark, separate))]
    if not found:
        return []
    usual = median(line.size for line in separate.lines)
    markers = [*found, *_read_markers(pieces, usual)]
    lists = [each for each in found if sum(_is_alike(each, other) for other in markers) >= FEWEST]
    return [Piece((Word(each.symbol, each.box, CONFIDENCE),)) for each in lists]


def _read_markers(pieces: Sequence[Piece], size: float) -> Iterator[_Bullet]:
    """Markers that the engine recognized itself: it may leave out only some of a list."""
    for piece in pieces:
        first = piece.words[0]
        if first.text in READ:
            yield _Bullet(READ[first.text], first.bbox, size)


def _bullet(mark: Ink, separate: SeparateMarks) -> _Bullet | None:
    line = _line_of(mark.box, separate.lines_beside(mark))
    symbol = line and line.symbol(mark)
    return _Bullet(symbol, mark.box, line.size) if line and symbol else None


def _line_of(box: Bbox, beside: Sequence[TextLine]) -> TextLine | None:
    """The line right of the mark, if there is none on its left."""
    after = [line for line in beside if line.box.left >= box.right]
    if not after:
        return None
    line = min(after, key=lambda each: each.box.left)
    if any(0 <= box.left - other.box.right < FURTHEST * line.size for other in beside):
        return None
    gap = line.box.left - box.right
    return line if NEAREST * line.size <= gap <= FURTHEST * line.size else None


def _is_alike(one: _Bullet, other: _Bullet) -> bool:
    dashes = {one.symbol, other.symbol} <= {"-", "–"}
    return (dashes or one.symbol == other.symbol) and abs(
        one.box.left - other.box.left
    ) <= SAME_LEFT * one.size
