"""A PDF page's own text, checked against the page as displayed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.ocr.layout.elements import PageElements, Piece
from app.ocr.result import Bbox


@dataclass(frozen=True, slots=True)
class FontSample:
    """Text of one font, to check whether the font's characters are the letters that it draws.

    texts: of whole pieces in this font, the most telling ones first; boxes: of each on the page.
    letters: how many the font draws on the page. suspicion: 0-1, the evidence against the font.
    """

    font: int
    texts: tuple[str, ...]
    boxes: tuple[Bbox, ...]
    letters: int
    suspicion: float


@dataclass(frozen=True, slots=True)
class OddLine:
    """A piece and its fonts, one of which has characters that hardly belong in words.

    words: text, box and odd characters of the words that show it. objects: numbers of the text
    objects that draw the piece.
    """

    piece: Piece
    fonts: frozenset[int]
    words: tuple[tuple[str, Bbox, str], ...]
    objects: frozenset[int]


@dataclass(frozen=True, slots=True)
class TextLayer:
    """elements: the visible pieces of text, and the drawings besides them.

    All boxes are pixels of the upright page: page_image turned clockwise by rotation degrees.
    fonts: one sample of each. piece_fonts: the fonts of each piece. unread: areas whose ink is not
    text of the layer. unreadable: numbers of the text objects with letters whose characters are
    unknown. odd_lines: lines whose characters may be wrong. partial: words in unread areas with
    some characters known, used where recognition is not sure. flaw: why the layer cannot be used
    at all, in one phrase; "" if it can.
    """

    elements: PageElements
    dpi: int
    rotation: int = 0
    fonts: tuple[FontSample, ...] = ()
    piece_fonts: tuple[frozenset[int], ...] = ()
    unread: tuple[Bbox, ...] = ()
    unreadable: frozenset[int] = frozenset()
    flaw: str = ""
    odd_lines: tuple[OddLine, ...] = ()
    partial: tuple[Piece, ...] = ()

    def without_odd_lines(self, wrong: frozenset[int]) -> TextLayer:
        """The layer with odd lines in these fonts left to recognition."""
        lines = [line for line in self.odd_lines if line.fonts & wrong]
        if not lines:
            return self
        gone = {id(line.piece) for line in lines}
        pairs = zip(self.elements.pieces, self.piece_fonts, strict=True)
        kept = [(piece, fonts) for piece, fonts in pairs if id(piece) not in gone]
        return replace(
            self,
            elements=replace(self.elements, pieces=tuple(piece for piece, _ in kept)),
            piece_fonts=tuple(fonts for _, fonts in kept),
            unread=(*self.unread, *(line.piece.bbox for line in lines)),
            unreadable=self.unreadable.union(*(line.objects for line in lines)),
            odd_lines=(),
        )

    def without_fonts(self, wrong: frozenset[int]) -> TextLayer:
        """The layer with pieces in these fonts left to recognition."""
        if not wrong:
            return self
        pieces = tuple(zip(self.elements.pieces, self.piece_fonts, strict=True))
        right = [pair for pair in pieces if not pair[1] & wrong]
        unread = (*self.unread, *(piece.bbox for piece, fonts in pieces if fonts & wrong))
        return replace(
            self,
            elements=replace(self.elements, pieces=tuple(piece for piece, _ in right)),
            piece_fonts=tuple(fonts for _, fonts in right),
            unread=unread,
        )

    @property
    def read_area(self) -> int:
        return total_area(piece.bbox for piece in self.elements.pieces)

    @property
    def unread_area(self) -> int:
        return total_area(self.unread)


def total_area(boxes: Iterable[Bbox]) -> int:
    return sum(box.width * box.height for box in boxes)


def characters(pieces: Iterable[Piece]) -> int:
    return sum(len(word.text) for piece in pieces for word in piece.words)
