"""A PDF page's text layer: the text that a viewer shows, and the areas of ink that it misses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium

from app.ocr.layout.elements import PageElements, Piece, Rule
from app.ocr.layout.symbols.drawn_bullets import drawn_bullets
from app.ocr.result import Bbox, Word
from app.ocr.source.text_layer import TextLayer

from .annotations import Annotations
from .characters import REPLACEMENT, is_symbol_font
from .doubles import without_doubled_glyphs, without_shadows
from .fields import FieldBox, field_boxes, note_boxes, replaced_notes, with_fields, without_marks
from .glyphs import Glyph, read_glyphs
from .lines import pieces_of_glyphs
from .objects import TextObject
from .odd_characters import odd_lines
from .paths import Graphics, page_graphics
from .plausibility import font_samples
from .remainder import text_like_areas
from .turn import Turn, rotation_of
from .visibility import Look, are_visible, shown_pictures

PieceFonts = tuple[Piece, frozenset[int]]
BULLET = "•"
# Of the words: with a larger share that lacks characters, the layer is useless.
MAX_UNREADABLE = 0.3
# A word with fewer known letters is no help.
LEAST_KNOWN = 3
HIDDEN = "the page's own text cannot be seen on it"
UNREADABLE = "the page's own text lacks characters"


@dataclass(frozen=True, slots=True)
class PageSize:
    """width, height: pixels of the page as displayed, at dpi."""

    width: int
    height: int
    dpi: int


def read_layer(
    page: pdfium.PdfPage,
    objects: dict[int, TextObject],
    annotations: Annotations,
    size: PageSize,
) -> TextLayer | None:
    """None for a page without text. page: with its annotations flattened; objects: by address."""
    glyphs = list(read_glyphs(page, objects, size.width, size.height))
    fields = field_boxes(page, annotations, size.width, size.height)
    typed = note_boxes(page, annotations, size.width, size.height)
    if not (glyphs or typed or any(field.mark for field in fields)):
        return None
    look = Look.at(page, list(objects.values()))
    look = look.with_stand_ins(page, glyphs, size.width, size.height)
    ratio = look.whole.shape[1] / size.width
    visible = _visible(glyphs, are_visible(glyphs, look, ratio))
    visible, notes = replaced_notes(visible, typed)
    if glyphs and not (visible or notes):
        return _flawed(size, HIDDEN)
    turn = Turn(rotation_of(visible), size.width, size.height)
    upright = without_doubled_glyphs(turn.glyphs(without_marks(visible, fields)))
    symbols = {each.font.number for each in objects.values() if is_symbol_font(each.font.name)}
    pieces, gaps, partial = _readable(without_shadows(pieces_of_glyphs(upright)), symbols)
    count = len(gaps) + sum(len(piece.words) for piece, _ in pieces)
    fields = [replace(field, box=turn.bbox(field.box)) for field in fields]
    notes = [turn.piece(note) for note in notes]
    samples = font_samples(upright, pieces)
    graphics = page_graphics(page, turn.width, turn.height)
    marks = [mark for mark in map(turn.bbox, graphics.marks) if not _is_in_field(mark, fields)]
    bullets = drawn_bullets([piece for piece, _ in pieces], marks)
    pieces = with_fields(pieces, fields) + [(each, frozenset[int]()) for each in (*notes, *bullets)]
    picture = np.ascontiguousarray(np.rot90(look.without_text, -turn.rotation // 90))
    areas = [_scaled(area, 1 / ratio) for area in text_like_areas(picture)]
    pictures = shown_pictures(graphics.pictures, look.without_text, ratio)
    elements = _elements(graphics._replace(pictures=pictures), turn, [each for each, _ in pieces])
    return TextLayer(
        elements,
        size.dpi,
        turn.rotation,
        samples,
        tuple(fonts for _, fonts in pieces),
        (*areas, *gaps),
        frozenset(glyph.owner.number for glyph in upright if glyph.owner and glyph.broken),
        flaw=UNREADABLE if len(gaps) > MAX_UNREADABLE * count else "",
        odd_lines=odd_lines(upright, pieces),
        partial=tuple(partial),
    )


def _elements(graphics: Graphics, turn: Turn, pieces: Sequence[Piece]) -> PageElements:
    return PageElements(
        *turn.size,
        tuple(pieces),
        tuple(Rule(turn.bbox(rule.bbox)) for rule in graphics.rules),
        tuple(replace(fill, bbox=turn.bbox(fill.bbox)) for fill in graphics.fills),
        tuple(map(turn.bbox, graphics.pictures)),
    )


def _is_in_field(mark: Bbox, fields: Sequence[FieldBox]) -> bool:
    x, y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    boxes = (field.box for field in fields)
    return any(box.left <= x <= box.right and box.top <= y <= box.bottom for box in boxes)


def _flawed(size: PageSize, flaw: str) -> TextLayer:
    return TextLayer(PageElements(size.width, size.height, ()), size.dpi, flaw=flaw)


def _visible(glyphs: Sequence[Glyph], visible: Sequence[bool]) -> list[Glyph]:
    """The visible glyphs; an invisible one separates words."""
    seen: list[Glyph] = []
    gap = False
    for glyph, is_visible in zip(glyphs, visible, strict=True):
        if is_visible:
            seen.append(glyph._replace(spaced=True) if gap and not glyph.spaced else glyph)
        gap = not is_visible
    return seen


def _readable(
    pieces: Sequence[PieceFonts], symbols: set[int]
) -> tuple[list[PieceFonts], list[Bbox], list[Piece]]:
    """Pieces without words that lack characters, the boxes of these, and those partly known.

    symbols: numbers of the fonts for bullets and the like.
    """
    readable: list[PieceFonts] = []
    gaps: list[Bbox] = []
    partial: list[Piece] = []
    for piece, fonts in pieces:
        words = _with_bullet(piece.words, alone=fonts <= symbols)
        whole = tuple(word for word in words if REPLACEMENT not in word.text)
        lacking = [word for word in words if REPLACEMENT in word.text]
        gaps += [word.bbox for word in lacking]
        partial += [replace(piece, words=(word,)) for word in map(_as_known, lacking) if word]
        if whole:
            readable.append((piece if whole == piece.words else replace(piece, words=whole), fonts))
    return readable, gaps, partial


def _as_known(word: Word) -> Word | None:
    """A word that lacks characters, with its known share as confidence; None if few are known."""
    known = sum(map(str.isalnum, word.text))
    share = 1 - word.text.count(REPLACEMENT) / len(word.text)
    return replace(word, confidence=share) if known >= LEAST_KNOWN else None


def _with_bullet(words: tuple[Word, ...], *, alone: bool) -> tuple[Word, ...]:
    """An unknown character before the words of a line is the bullet of a list. alone: all fonts of
    the piece are symbol fonts, so it may be a piece of its own."""
    if (alone or len(words) > 1) and words[0].text == REPLACEMENT:
        return (replace(words[0], text=BULLET), *words[1:])
    return words


def _scaled(box: Bbox, factor: float) -> Bbox:
    return Bbox(*(round(side * factor) for side in box))
