"""Check boxes and radio buttons of a picture: small squares and rings beside a line of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word

from .marks import CLEAR, RINGS, Mark

# Engines read a mark as one of these, alone or in front of its text; any other word in a box is
# text.
MISREADINGS = frozenset("Xx×✓✔✗✘☐☑☒□■口回ロ囗Oo0○◯〇◉●⊙Vv√DLUn@©®▢凶図区国冈☓[]")
IN_FRONT = frozenset("☐☑☒□■口回ロ囗○◯〇◉●⊙▢")
# Largest distance to the text, in type sizes.
NEAR = 2.5
CONFIDENCE = 0.9


def with_checkboxes(
    seen: Iterable[Mark], pieces: Sequence[Piece], size: float
) -> tuple[Piece, ...]:
    """The pieces with one more for each mark beside them, and without misreadings of these.

    seen: all marks of the page. size: type size of its text, in pixels.
    """
    marks = [mark for mark in seen if _belongs_to_text(mark, pieces, size)]
    marks = _without_single_rings(marks)
    marks = [mark for mark in _without_combs(marks) if not _holds_text(mark, pieces, size)]
    if not marks:
        return tuple(pieces)
    kept = (_without_marks(piece, marks, size) for piece in pieces)
    return (*(piece for piece in kept if piece.words), *map(_piece, marks))


def _belongs_to_text(mark: Mark, pieces: Sequence[Piece], size: float) -> bool:
    """Whether the mark is beside text, at the height of a piece with words longer than a letter."""
    middle = (mark.box.top + mark.box.bottom) / 2
    for piece in pieces:
        box = piece.bbox
        if not box.top - 0.3 * size <= middle <= box.bottom + 0.3 * size:
            continue
        gap = max(box.left - mark.box.right, mark.box.left - box.right)
        if gap <= NEAR * size and any(len(word.text) > 1 for word in piece.words):
            return True
    return False


def _without_single_rings(marks: list[Mark]) -> list[Mark]:
    """The marks without single rings: radio buttons come in groups."""

    def has_others(mark: Mark) -> bool:
        near = (
            other.symbol in RINGS
            and abs(other.box.height - mark.box.height) <= 2 + mark.box.height / 8
            for other in marks
        )
        return sum(near) > 1

    return [mark for mark in marks if mark.symbol not in RINGS or has_others(mark)]


def _without_combs(marks: list[Mark]) -> list[Mark]:
    """The marks without combs: three or more squares side by side, for one character each."""

    def touches(one: Mark, other: Mark) -> bool:
        side = one.box.width
        level = abs(one.box.top - other.box.top) < 0.25 * side
        near = -0.2 * side <= other.box.left - one.box.right < 0.5 * side
        return level and near

    def neighbours(mark: Mark) -> int:
        return sum(touches(mark, other) or touches(other, mark) for other in marks)

    crowded = {id(mark) for mark in marks if neighbours(mark) > 1}
    comb = {
        id(mark)
        for mark in marks
        for other in marks
        if id(other) in crowded and (mark is other or touches(mark, other) or touches(other, mark))
    }
    return [mark for mark in marks if id(mark) not in comb]


def _holds_text(mark: Mark, pieces: Sequence[Piece], size: float) -> bool:
    """Whether text is in the box, other than a misreading of a cross or an empty box."""
    return any(
        _is_inside(word, mark) and not _reaches_out(word, mark, size) and not _is_misreading(word)
        for piece in pieces
        for word in piece.words
    )


def _is_inside(word: Word, mark: Mark) -> bool:
    across = min(word.bbox.right, mark.box.right) - max(word.bbox.left, mark.box.left)
    down = min(word.bbox.bottom, mark.box.bottom) - max(word.bbox.top, mark.box.top)
    narrower = min(word.bbox.width, mark.box.width)
    return across > 0.5 * narrower and down > 0.4 * min(word.bbox.height, mark.box.height)


def _reaches_out(word: Word, mark: Mark, size: float) -> bool:
    """Whether the word's box holds the mark and the text beside it."""
    out = max(word.bbox.right - mark.box.right, mark.box.left - word.bbox.left)
    return out > 0.3 * size


def _is_misreading(word: Word) -> bool:
    return len(word.text) <= 3 and set(word.text) <= MISREADINGS


def _without_marks(piece: Piece, marks: list[Mark], size: float) -> Piece:
    words: list[Word] = []
    for word in piece.words:
        inside = [mark for mark in marks if _is_inside(word, mark)]
        if inside and _is_misreading(word):
            continue
        words.append(_beside(word, inside[0], size) if inside else word)
    return replace(piece, words=tuple(words))


def _beside(word: Word, mark: Mark, size: float) -> Word:
    """The word without the mark, both in its box and in its text."""
    left, top, right, bottom = word.bbox
    gap = round(CLEAR * size)
    if right - mark.box.right > mark.box.left - left:
        left = min(mark.box.right + gap, right - 1)
    else:
        right = max(mark.box.left - gap, left + 1)
    text = word.text[1:] if word.text[0] in IN_FRONT and len(word.text) > 1 else word.text
    return replace(word, text=text, bbox=Bbox(left, top, right, bottom))


def _piece(mark: Mark) -> Piece:
    return Piece((Word(mark.symbol, mark.box, CONFIDENCE),))
