"""Pieces of text on one height become one row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from app.ocr.result import Bbox, Line, Word
from app.ocr.scripts import joins_without_space

# A piece belongs to a row if the row's middle band covers this share of the lower of the two.
SAME_ROW_OVERLAP = 0.5
# Pieces further apart than this many line heights are cells of a table, not one run of text.
CELL_GAP_HEIGHTS = 1.5
# A detector may run two columns together; so wide a gap between words may be a gutter.
SPLIT_GAP_HEIGHTS = 0.8


@dataclass(frozen=True, slots=True)
class Row:
    """pieces: left to right, never empty."""

    pieces: tuple[Line, ...]

    @property
    def bbox(self) -> Bbox:
        return Bbox.around(piece.bbox for piece in self.pieces)

    @property
    def height(self) -> int:
        return max(piece.bbox.height for piece in self.pieces)

    @property
    def cells(self) -> int:
        """Number of runs of text with wide gaps between them."""
        boxes = [piece.bbox for piece in self.pieces]
        wide = CELL_GAP_HEIGHTS * self.height
        gaps = (right.left - left.right for left, right in pairwise(boxes))
        return 1 + sum(gap > wide for gap in gaps)

    def line(self) -> Line:
        words: list[Word] = []
        for piece in self.pieces:
            if words:
                words[-1] = _spaced(words[-1], piece.words[0], self.height)
            words.extend(piece.words)
        return Line(tuple(words), self.pieces[0].direction)


def pieces_of(line: Line) -> list[Line]:
    """The line cut at its wide gaps; rows_of puts together again what no gutter parts."""
    if line.direction != "ltr":
        return [line]
    wide = SPLIT_GAP_HEIGHTS * line.bbox.height
    pieces: list[list[Word]] = [[]]
    for word in line.words:
        if pieces[-1] and word.bbox.left - pieces[-1][-1].bbox.right > wide:
            pieces.append([])
        pieces[-1].append(word)
    return [Line(tuple(words), line.direction) for words in pieces]


def rows_of(lines: list[Line]) -> list[Row]:
    """Rows from top to bottom."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=_middle):
        row = next((row for row in reversed(rows[-3:]) if _fits(line, row)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    made = [Row(tuple(sorted(row, key=lambda piece: piece.bbox.left))) for row in rows]
    return sorted(made, key=lambda row: row.bbox.top)


def _middle(line: Line) -> float:
    return (line.bbox.top + line.bbox.bottom) / 2


def _fits(line: Line, row: list[Line]) -> bool:
    """Enough common height with each piece's neighbour, and no overlap sideways with any."""
    box = line.bbox
    nearest = min(row, key=lambda piece: abs(_middle(piece) - _middle(line))).bbox
    common = min(box.bottom, nearest.bottom) - max(box.top, nearest.top)
    if common < SAME_ROW_OVERLAP * min(box.height, nearest.height):
        return False
    if max(box.height, nearest.height) > 2.5 * min(box.height, nearest.height):
        return False
    return all(_sideways_overlap(box, piece.bbox) < 0.3 for piece in row)


def _sideways_overlap(one: Bbox, other: Bbox) -> float:
    common = min(one.right, other.right) - max(one.left, other.left)
    return common / max(1, min(one.width, other.width))


def _spaced(word: Word, following: Word, height: int) -> Word:
    """The last word of a piece: a space follows unless Chinese or Japanese text runs on."""
    runs_on = following.bbox.left - word.bbox.right < height
    space = not (runs_on and joins_without_space(word.text, following.text))
    return Word(word.text, word.bbox, word.confidence, space)
