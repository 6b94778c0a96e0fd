"""Form fields among a page's pieces: check boxes as marks of their state, values marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word

from .annotations import Annotations, PointBox
from .glyphs import Glyph
from .matrix import Matrix, pixel_matrix

FORM = "form"
PieceFonts = tuple[Piece, frozenset[int]]


@dataclass(frozen=True, slots=True)
class FieldBox:
    """box: pixels of the page. mark: ☒ or ☐ of a check box, ◉ or ○ of a radio button, else ""."""

    box: Bbox
    mark: str


@dataclass(frozen=True, slots=True)
class NoteBox:
    """box: pixels of the page. text: as it was typed."""

    box: Bbox
    text: str


def field_boxes(
    page: pdfium.PdfPage, annotations: Annotations, width: int, height: int
) -> list[FieldBox]:
    matrix = pixel_matrix(page, width, height)
    whole = Bbox(0, 0, width, height)
    fields = (FieldBox(_pixels(field.box, matrix), field.mark) for field in annotations.fields)
    return [field for field in fields if _holds(whole, field.box)]


def note_boxes(
    page: pdfium.PdfPage, annotations: Annotations, width: int, height: int
) -> list[NoteBox]:
    matrix = pixel_matrix(page, width, height)
    notes = (NoteBox(_pixels(note.box, matrix), note.text) for note in annotations.notes)
    return [note for note in notes if _holds(Bbox(0, 0, width, height), note.box)]


def replaced_notes(
    glyphs: Sequence[Glyph], notes: Sequence[NoteBox]
) -> tuple[list[Glyph], list[Piece]]:
    """The glyphs without those of badly drawn notes, and pieces that replace them."""
    left, pieces = list(glyphs), []
    for note in notes:
        drawn = [glyph for glyph in left if _holds(note.box, _middle(glyph))]
        if _is_drawn_badly("".join(glyph.text for glyph in drawn), note.text):
            gone = set(map(id, drawn))
            left = [glyph for glyph in left if id(glyph) not in gone]
            pieces += _lines_of(note)
    return left, pieces


def _is_drawn_badly(drawn: str, typed: str) -> bool:
    """Whether letters or line breaks of the typed text are missing, and nothing else was drawn."""
    letters = "".join(typed.split())
    rest = iter(letters)
    return all(letter in rest for letter in drawn) and (
        drawn != letters or len(typed.splitlines()) > 1
    )


def _lines_of(note: NoteBox) -> list[Piece]:
    """The note's lines, which share its height equally."""
    lines = note.text.splitlines()
    tall = note.box.height / len(lines)
    pieces = []
    for at, line in enumerate(lines):
        top, bottom = (round(note.box.top + edge * tall) for edge in (at, at + 1))
        if words := _spread(line, note.box._replace(top=top, bottom=bottom)):
            pieces.append(Piece(words))
    return pieces


def without_marks(glyphs: Sequence[Glyph], fields: Sequence[FieldBox]) -> list[Glyph]:
    """The glyphs without ticks in check boxes, whose state is more reliable than the tick."""
    boxes = [field.box for field in fields if field.mark]
    if not (boxes and glyphs):
        return list(glyphs)
    left, top, right, bottom = np.array([glyph.box for glyph in glyphs]).T
    x, y = (left + right) / 2, (top + bottom) / 2
    inside = np.zeros(len(glyphs), bool)
    for box in boxes:
        inside |= (box.left <= x) & (x <= box.right) & (box.top <= y) & (y <= box.bottom)
    return [glyph for glyph, is_mark in zip(glyphs, inside.tolist(), strict=True) if not is_mark]


def with_fields(pieces: Sequence[PieceFonts], fields: Sequence[FieldBox]) -> list[PieceFonts]:
    """The pieces with source FORM on words inside fields, and each check box as a word."""
    if not fields:
        return list(pieces)
    boxes = [field.box for field in fields]
    marked = [(replace(piece, words=_from_form(piece, boxes)), fonts) for piece, fonts in pieces]
    marks = [
        Piece((Word(field.mark, field.box, 1.0, source=FORM),)) for field in fields if field.mark
    ]
    return marked + [(mark, frozenset[int]()) for mark in marks]


def _from_form(piece: Piece, boxes: Sequence[Bbox]) -> tuple[Word, ...]:
    return tuple(
        replace(word, source=FORM) if any(_holds(box, word.bbox) for box in boxes) else word
        for word in piece.words
    )


def _middle(glyph: Glyph) -> Bbox:
    left, top, right, bottom = glyph.box
    return Bbox(round(left), round(top), round(right), round(bottom))


def _holds(box: Bbox, other: Bbox) -> bool:
    """Whether the middle of the other box lies in the box."""
    x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _spread(line: str, box: Bbox) -> tuple[Word, ...]:
    """Words of the line, which share its width in proportion to their characters."""
    pitch = box.width / max(1, len(line))
    words, start = [], 0
    for text in line.split():
        start = line.index(text, start)
        left, right = box.left + start * pitch, box.left + (start + len(text)) * pitch
        words.append(Word(text, Bbox(round(left), box.top, round(right), box.bottom), 1.0))
        start += len(text)
    return tuple(words)


def _pixels(box: PointBox, matrix: Matrix) -> Bbox:
    (a, c, e), (b, d, f), _ = matrix.tolist()
    left, bottom, right, top = box
    xs = sorted((a * left + c * bottom + e, a * right + c * top + e))
    ys = sorted((b * left + d * bottom + f, b * right + d * top + f))
    return Bbox(round(xs[0]), round(ys[0]), round(xs[1]), round(ys[1]))
