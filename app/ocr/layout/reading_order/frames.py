"""Reading frames: the page turned or mirrored so that text runs rightwards and lines go down.

The rest of layout works in a frame, so that Arabic, vertical Japanese and text that runs up a
margin need no rules of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.ocr.layout.elements import PageElements, Piece
from app.ocr.result import Bbox

ACROSS, MIRRORED, DOWN, UP, TURNED = "across", "mirrored", "down", "up", "turned"
# On a vertical page, a box of CJK text at most this many heights wide is a short column.
SHORT_COLUMN = 1.3


@dataclass(frozen=True, slots=True)
class Frame:
    """way: one of the five above. width, height: of the page, in pixels."""

    way: str
    width: int
    height: int

    def box(self, box: Bbox) -> Bbox:
        """A box of the page in the frame."""
        left, top, right, bottom = box
        if self.way == MIRRORED:
            return Bbox(self.width - right, top, self.width - left, bottom)
        if self.way == DOWN:
            return Bbox(top, self.width - right, bottom, self.width - left)
        if self.way == UP:
            return Bbox(self.height - bottom, left, self.height - top, right)
        if self.way == TURNED:
            across, down = self.width, self.height
            return Bbox(across - right, down - bottom, across - left, down - top)
        return box

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the page in the frame."""
        sideways = self.way in (DOWN, UP)
        return (self.height, self.width) if sideways else (self.width, self.height)


def way_of(piece: Piece) -> str:
    """The way a piece runs, right-to-left text counting as across."""
    quarter = round(piece.angle / 90) % 4
    if piece.direction == "ttb":
        return DOWN
    return (ACROSS, DOWN, TURNED, UP)[quarter]


def main_way(pieces: Iterable[Piece]) -> str:
    """The way that most characters run."""
    characters: Counter[str] = Counter()
    right_to_left = 0
    for piece in pieces:
        length = sum(len(word.text) for word in piece.words)
        characters[way_of(piece)] += length
        if piece.direction == "rtl":
            right_to_left += length
    way = max(characters, key=lambda each: characters[each], default=ACROSS)
    if way == ACROSS and 2 * right_to_left > characters[ACROSS]:
        return MIRRORED
    return way


def by_way(elements: PageElements) -> dict[str, list[Piece]]:
    """The pieces by the way they run, the page's main way first."""
    main = main_way(elements.pieces)
    parts: dict[str, list[Piece]] = {main: []}
    for piece in elements.pieces:
        way = way_of(piece)
        if way == ACROSS and main == MIRRORED:
            way = MIRRORED
        if way == ACROSS and main == DOWN and _is_short_column(piece):
            way = DOWN
        parts.setdefault(way, []).append(piece)
    return parts


def _is_short_column(piece: Piece) -> bool:
    box = piece.bbox
    return len(piece.words) == 1 and box.width <= SHORT_COLUMN * box.height
