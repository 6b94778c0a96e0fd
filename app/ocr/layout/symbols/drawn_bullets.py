"""Bullets of lists that a PDF draws as shapes, as browsers do, instead of writing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word

BULLET = "•"
# In type sizes of the line: a bullet's side, and the white between it and the line's first word.
LEAST_SIDE, MOST_SIDE = 0.12, 0.5
LEAST_GAP, MOST_GAP = 0.15, 3.0
# The middle of a bullet is this far below the top of the line's box, as shares of its height.
HIGHEST, LOWEST = 0.3, 0.8
# More shapes than this are a drawing.
MOST_MARKS = 300


def drawn_bullets(pieces: Sequence[Piece], marks: Sequence[Bbox]) -> list[Piece]:
    """A bullet for each separate mark in front of a line.

    marks: small shapes about as wide as high, such as discs and squares.
    """
    if len(marks) > MOST_MARKS:
        return []
    lines = [(piece, piece.bbox) for piece in pieces if piece.angle == 0 and piece.font_size]
    found = (_bullet(mark, marks, lines) for mark in dict.fromkeys(marks))
    return [bullet for bullet in found if bullet]


def _bullet(mark: Bbox, marks: Sequence[Bbox], lines: Sequence[tuple[Piece, Bbox]]) -> Piece | None:
    level = [(piece, box) for piece, box in lines if _is_level(mark, box)]
    beside = [(piece, box, gap) for piece, box in level if (gap := _gap(mark, piece, box)) >= 0]
    if not beside:
        return None
    piece, box, gap = min(beside, key=lambda each: each[2])
    size = piece.font_size or 1.0
    fits = LEAST_SIDE * size <= max(mark.width, mark.height) <= MOST_SIDE * size
    if not (fits and LEAST_GAP * size <= gap <= MOST_GAP * size):
        return None
    if _has_company(mark, piece, max(gap, MOST_GAP * size), marks, level):
        return None
    word = Word(BULLET, Bbox(mark.left, box.top, mark.right, box.bottom), 1.0)
    return replace(piece, words=(word,), bold=False, italic=False)


def _is_level(mark: Bbox, box: Bbox) -> bool:
    middle = (mark.top + mark.bottom) / 2
    return HIGHEST <= (middle - box.top) / max(1, box.height) <= LOWEST


def _gap(mark: Bbox, piece: Piece, box: Bbox) -> int:
    """The gap between the mark and the start of its line; negative if the line starts before it."""
    return mark.left - box.right if piece.direction == "rtl" else box.left - mark.right


def _has_company(
    mark: Bbox,
    piece: Piece,
    reach: float,
    marks: Sequence[Bbox],
    level: Sequence[tuple[Piece, Bbox]],
) -> bool:
    """Whether other marks or text are within reach, as with a dotted rule or a chart's legend."""
    shapes = [
        other
        for other in marks
        if other != mark and min(other.bottom, mark.bottom) > max(other.top, mark.top)
    ]
    before = [*shapes, *(box for other, box in level if other is not piece)]
    if piece.direction == "rtl":
        near = any(0 <= other.left - mark.right < reach for other in before)
        return near or any(0 <= mark.left - other.right < reach for other in shapes)
    near = any(0 <= mark.left - other.right < reach for other in before)
    return near or any(0 <= other.left - mark.right < reach for other in shapes)
