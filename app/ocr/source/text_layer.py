"""A PDF page's own text, checked against the page as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.ocr.layout.elements import PageElements, Piece
from app.ocr.result import Bbox


@dataclass(frozen=True, slots=True)
class FontSample:
    """Text of one font, for the question whether the font says the letters that it draws.

    texts: of whole pieces in this font, those most worth reading first; boxes: of each on the page.
    letters: how many the font draws on the page. suspicion: 0-1, how much speaks against it.
    """

    font: int
    texts: tuple[str, ...]
    boxes: tuple[Bbox, ...]
    letters: int
    suspicion: float


@dataclass(frozen=True, slots=True)
class OddLine:
    """A piece, and its fonts, one of which has characters that hardly belong in words.

    words: text, box and odd characters of words that prove it. objects: numbers of the text
    objects that draw the piece.
    """

    piece: Piece
    fonts: frozenset[int]
    words: tuple[tuple[str, Bbox, str], ...]
    objects: frozenset[int]


@dataclass(frozen=True, slots=True)
class TextLayer:
    """elements: pieces of text that are shown, and what is drawn besides.

    All boxes are pixels of the upright page: page_image turned clockwise by rotation degrees.
    fonts: one sample each, and piece_fonts the fonts of each piece. unread: areas whose ink is no
    text of the layer. unreadable: numbers of the text objects with letters whose characters are not
    known. odd_lines: those that may lack the right characters. partial: words in unread areas of
    which some characters are known, for what recognition is not sure of. flaw: why the layer cannot
    be used at all, in one phrase; "" if it can.
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
        """Odd lines with letters of these fonts are left to recognition."""
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
        """Pieces with letters of these fonts are left to recognition."""
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
