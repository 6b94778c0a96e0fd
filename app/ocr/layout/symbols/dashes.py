"""Dashes of a picture in the cells of a table, where they mean "none".

Engines leave them out, or read "=" or "、". They are found by their ink: a separate bar at the
height of its row's text, in a column of numbers or of other dashes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word

from .separate_marks import Ink, SeparateMarks

# In type sizes: least white on both sides, largest difference of edges or middles within a column,
# and largest distance to the next cells of the column.
APART, SAME_COLUMN, FURTHEST = 0.5, 0.35, 8.0
# A column has at least this many other cells.
FEWEST = 2
DASHES = frozenset("-–—")
CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class _Dash:
    symbol: str
    box: Bbox
    size: float


def dashes(separate: SeparateMarks, pieces: Sequence[Piece]) -> list[Piece]:
    """A piece for each dash among the marks. pieces: all other pieces of the page."""
    texts = sorted(piece.bbox for piece in pieces)
    found = [dash for mark in separate.marks if (dash := _dash(mark, separate, texts))]
    cells = [word.bbox for piece in pieces for word in piece.words if _is_value(word.text)]
    cells += [dash.box for dash in found]
    rows = _without_dashed_lines(found)
    return [
        Piece((Word(dash.symbol, dash.box, CONFIDENCE),))
        for dash in rows
        if sum(_is_in_column(dash, cell) for cell in cells) > FEWEST
    ]


def with_read_dashes(separate: SeparateMarks, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, with "-" for each single character whose box has the shape of a dash."""
    return tuple(
        replace(piece, words=(replace(piece.words[0], text="-"),))
        if _is_bar(piece, separate)
        else piece
        for piece in pieces
    )


def _is_bar(piece: Piece, separate: SeparateMarks) -> bool:
    text, box = piece.words[0].text, piece.bbox
    if len(piece.words) > 1 or len(text) > 1 or text in DASHES or piece.angle:
        return False
    beside = separate.lines_beside(Ink(box, 1.0))
    return any(line.symbol(Ink(box, 1.0)) in DASHES for line in beside)


def _dash(mark: Ink, separate: SeparateMarks, texts: Sequence[Bbox]) -> _Dash | None:
    """The dash of a mark at the height of a line to its left, with no text near it."""
    if mark.box.width < 2 * mark.box.height:
        return None
    for line in separate.lines_beside(mark):
        if line.box.right < mark.box.left and (symbol := line.symbol(mark)) in DASHES:
            apart = APART * line.size
            near = (text for text in texts if _common_height(text, mark.box) > 0)
            if all(_gap(text, mark.box) >= apart for text in near):
                return _Dash(str(symbol), mark.box, line.size)
    return None


def _without_dashed_lines(found: Sequence[_Dash]) -> Iterator[_Dash]:
    """The dashes without those that follow each other closely at one height: a dashed line."""
    ordered = sorted(found, key=lambda dash: (dash.box.top // 4, dash.box.left))
    close = {
        dash.box
        for pair in pairwise(ordered)
        if _common_height(pair[0].box, pair[1].box) > 0
        and _gap(pair[0].box, pair[1].box) < 2 * APART * pair[0].size
        for dash in pair
    }
    return (dash for dash in found if dash.box not in close)


def _is_value(text: str) -> bool:
    return text in DASHES or any(map(str.isdigit, text))


def _is_in_column(dash: _Dash, cell: Bbox) -> bool:
    """Whether the cell is above or below with the same edge or middle; true of the dash itself."""
    box, near = dash.box, SAME_COLUMN * dash.size
    if abs(cell.top - box.top) > FURTHEST * dash.size:
        return False
    middles = abs(cell.left + cell.right - box.left - box.right) / 2
    return min(abs(cell.left - box.left), abs(cell.right - box.right), middles) <= near


def _common_height(one: Bbox, other: Bbox) -> int:
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def _gap(one: Bbox, other: Bbox) -> int:
    return max(one.left, other.left) - min(one.right, other.right)
