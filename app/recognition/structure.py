"""Blocks and figures of a recognized page, from its words and the graphics in its picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.engines.runtime.cores import in_background
from app.ocr.layout import layout
from app.ocr.layout.elements import PageElements, Piece
from app.ocr.layout.figures.find import figures_in_picture
from app.ocr.layout.kinds.weight import with_weight
from app.ocr.layout.symbols.bullets import bullets
from app.ocr.layout.symbols.checkboxes import with_checkboxes
from app.ocr.layout.symbols.dashes import dashes, with_read_dashes
from app.ocr.layout.symbols.marks import Mark, PageInk, find_marks, page_ink
from app.ocr.layout.symbols.separate_marks import SeparateMarks
from app.ocr.prepare.graphics import Graphics, graphics_of_picture
from app.ocr.result import Line, Page
from app.ocr.scripts import is_right_to_left, is_unspaced
from app.ocr.source.base import Pixels


def with_blocks(page: Page, pixels: Pixels, graphics: Callable[[], Graphics] | None = None) -> Page:
    """The page's lines, whatever blocks they came in, laid out. pixels: the picture that was read.
    graphics: returns graphics_of_picture(pixels), if that was begun before."""
    height, width = pixels.shape[:2]
    pieces = tuple(map(_piece, (line for line in page.lines if line.words)))
    found_ink = in_background(lambda: _ink_and_marks(pixels, pieces))
    rules, fills, pictures = graphics() if graphics else graphics_of_picture(pixels)
    if not pieces:
        elements = PageElements(width, height, (), rules, fills, pictures)
        return replace(page, figures=figures_in_picture(pixels, elements, ()))
    weighed = with_weight(pixels, pieces)
    ink, marks = found_ink()
    if ink:
        weighed = _with_marks(ink, with_checkboxes(marks, weighed, ink.size))
    elements = PageElements(width, height, weighed, rules, fills, pictures)
    blocks = layout(elements)
    return replace(page, blocks=blocks, figures=figures_in_picture(pixels, elements, blocks))


def _ink_and_marks(
    pixels: Pixels, pieces: tuple[Piece, ...]
) -> tuple[PageInk | None, tuple[Mark, ...]]:
    ink = page_ink(pixels, pieces)
    return ink, tuple(find_marks(ink)) if ink else ()


def _with_marks(ink: PageInk, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Add list bullets and table dashes that the engine missed or took for other characters."""
    separate = SeparateMarks.of(ink, pieces)
    pieces = with_read_dashes(separate, pieces)
    listed = bullets(separate, pieces)
    taken = {piece.bbox for piece in listed}
    others = (mark for mark in separate.marks if mark.box not in taken)
    rest = replace(separate, marks=tuple(others))
    return (*pieces, *listed, *dashes(rest, (*pieces, *listed)))


def _piece(line: Line) -> Piece:
    """A tall line in letters that are not written downwards is turned text; one whose words run to
    the left in letters written to the right is upside down."""
    if line.direction == "ttb" and not any(is_unspaced(letter) for letter in line.text):
        first, last = line.words[0].bbox, line.words[-1].bbox
        return Piece(line.words, angle=90 if first.top < last.top else 270)
    if line.direction == "ltr" and len(line.words) > 1:
        first, last = line.words[0].bbox, line.words[-1].bbox
        if first.left > last.right and not is_right_to_left(line.text):
            return Piece(line.words, angle=180)
    return Piece(line.words, line.direction)
