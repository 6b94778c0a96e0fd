"""Check boxes and radio buttons of a picture: small squares and rings beside a line of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.result import Bbox, Word

from .elements import Piece
from .type_size import type_size

Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]

# Type size, in pixels, to which the picture is reduced; sizes below are in type sizes.
REDUCED_SIZE = 26.0
SMALLEST, LARGEST = 0.55, 2.0
LEAST_PIXELS = 9
# Width by height of a square or ring.
LEAST_ASPECT, MOST_ASPECT = 0.82, 1.22
# Share of each side, or of the directions from the middle, in which the outline has ink.
OUTLINE = 0.86
# Ink in the middle part: a cross or tick has at least this share, a radio button's dot more.
CHECKED, CHOSEN = 0.05, 0.25
# White on both sides, in type sizes: letters are nearer to each other.
CLEAR = 0.18
# A mark is read as one of these, alone or in front of its text; another word is text in a box.
MISREADINGS = frozenset("Xx×✓✔✗✘☐☑☒□■口回ロ囗Oo0○◯〇◉●⊙Vv√DLUn@©®▢凶図区国冈☓[]")
IN_FRONT = frozenset("☐☑☒□■口回ロ囗○◯〇◉●⊙▢")
# The letter O is no larger than this, a radio button is.
LETTER = 0.86
# The text is at most this far.
NEAR = 2.5
CONFIDENCE = 0.9
DIRECTIONS = 24
RINGS = "◯◉"


@dataclass(frozen=True, slots=True)
class _Mark:
    sign: str
    box: Bbox


def with_checkboxes(pixels: Gray, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, a piece more for each mark found, and without signs that misread one.

    pixels: gray or RGB, of either polarity.
    """
    size = _text_size(pieces)
    if not size:
        return tuple(pieces)
    marks = [mark for mark in _marks(pixels, size) if _belongs_to_text(mark, pieces, size)]
    marks = _without_single_rings(marks)
    marks = [mark for mark in _without_combs(marks) if not _holds_text(mark, pieces, size)]
    if not marks:
        return tuple(pieces)
    kept = (_without_marks(piece, marks, size) for piece in pieces)
    return (*(piece for piece in kept if piece.words), *map(_piece, marks))


def _text_size(pieces: Sequence[Piece]) -> float | None:
    sizes = [
        size
        for piece in pieces
        if piece.direction != "ttb"
        and (size := type_size("".join(word.text for word in piece.words), piece.bbox.height))
    ]
    return median(sizes) if sizes else None


def _marks(pixels: Gray, size: float) -> Iterator[_Mark]:
    scale = max(1.0, size / REDUCED_SIZE)
    ink = _ink(pixels, scale)
    unit = size / scale
    least = max(LEAST_PIXELS, SMALLEST * unit)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    fits = (widths >= least) & (heights >= least)
    fits &= (widths <= LARGEST * unit) & (heights <= LARGEST * unit)
    fits &= (widths >= LEAST_ASPECT * heights) & (widths <= MOST_ASPECT * heights)
    fits[0] = False
    for number in np.flatnonzero(fits):
        left, top, width, height = (int(side) for side in stats[number, :4])
        window = np.s_[top : top + height, left : left + width]
        sign = _sign(labels[window] == number, ink[window] > 0)
        if sign == "◯" and height < LETTER * unit:
            continue
        if sign and _is_clear(ink, left, top, width, height, round(CLEAR * max(unit, height))):
            edges = (left, top, left + width, top + height)
            yield _Mark(sign, Bbox(*(round(edge * scale) for edge in edges)))


def _is_clear(ink: Gray, left: int, top: int, width: int, height: int, margin: int) -> bool:
    """No ink right beside it."""
    before = ink[top : top + height, max(0, left - margin) : left]
    after = ink[top : top + height, left + width : left + width + margin]
    return not before.any() and not after.any()


def _ink(pixels: Gray, scale: float) -> Gray:
    """1 where the picture differs from what is around; light signs on dark as well."""
    gray = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if scale > 1:
        size = round(gray.shape[1] / scale), round(gray.shape[0] / scale)
        gray = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    if np.median(gray) < 110:
        gray = 255 - gray
    side = 2 * round(LARGEST * REDUCED_SIZE) + 1
    found = cv2.adaptiveThreshold(
        gray, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, side, 22
    )
    return np.asarray(found, np.uint8)


def _sign(outline: Mask, ink: Mask) -> str | None:
    """outline: the component's own ink; ink: all ink in its box."""
    if outline.mean() > 0.85:
        return None
    if _is_square(outline):
        return "☒" if _inner(ink).mean() >= CHECKED else "☐"
    if _is_ring(outline):
        return "◉" if _inner(ink).mean() >= CHOSEN else "◯"
    return None


def _inner(ink: Mask) -> Mask:
    height, width = ink.shape
    down, across = round(height * 0.27), round(width * 0.27)
    return ink[down : height - down, across : width - across]


def _is_square(outline: Mask) -> bool:
    """Thin straight lines along the four sides; the corners may be round."""
    height, width = outline.shape
    band = max(2, round(min(height, width) * 0.14))
    sides = (outline[:band], outline[-band:][::-1], outline[:, :band].T, outline[:, -band:].T[::-1])
    return all(map(_is_straight, sides))


def _is_straight(side: Mask) -> bool:
    """side: the outermost band of one side, its outer edge first."""
    length = side.shape[1]
    middle = side[:, length // 7 : length - length // 7]
    filled = middle.any(axis=0)
    if side.any(axis=0).mean() < OUTLINE or filled.mean() < 0.97:
        return False
    edge = middle.argmax(axis=0)[filled]
    return bool(edge.max() - edge.min() <= max(1, 0.06 * length))


def _is_ring(outline: Mask) -> bool:
    """Ink near the edge in every direction, none in the corners, and white inside the ring."""
    height, width = outline.shape
    down, across = np.mgrid[:height, :width]
    distance = np.hypot(
        (down - (height - 1) / 2) / (height / 2), (across - (width - 1) / 2) / (width / 2)
    )
    angle = np.arctan2(down - (height - 1) / 2, across - (width - 1) / 2)
    sector = ((angle + np.pi) / (2 * np.pi) * DIRECTIONS).astype(int) % DIRECTIONS
    near_edge = outline & (distance > 0.68) & (distance <= 1.08)
    covered = len(np.unique(sector[near_edge])) / DIRECTIONS
    between = outline[(distance > 0.52) & (distance < 0.64)]
    corners = outline[distance > 1.14]
    return bool(covered >= 0.95 and corners.mean() < 0.02 and between.mean() < 0.35)


def _belongs_to_text(mark: _Mark, pieces: Sequence[Piece], size: float) -> bool:
    """Beside text on its height, and inside no longer word."""
    middle = (mark.box.top + mark.box.bottom) / 2
    for piece in pieces:
        box = piece.bbox
        if not box.top - 0.3 * size <= middle <= box.bottom + 0.3 * size:
            continue
        gap = max(box.left - mark.box.right, mark.box.left - box.right)
        if gap <= NEAR * size and any(len(word.text) > 1 for word in piece.words):
            return True
    return False


def _without_single_rings(marks: list[_Mark]) -> list[_Mark]:
    """Radio buttons come in groups; a ring by itself is some sign or picture."""

    def has_others(mark: _Mark) -> bool:
        near = (
            other.sign in RINGS
            and abs(other.box.height - mark.box.height) <= 2 + mark.box.height / 8
            for other in marks
        )
        return sum(near) > 1

    return [mark for mark in marks if mark.sign not in RINGS or has_others(mark)]


def _without_combs(marks: list[_Mark]) -> list[_Mark]:
    """Three squares or more side by side are fields for one character each."""

    def touches(one: _Mark, other: _Mark) -> bool:
        side = one.box.width
        level = abs(one.box.top - other.box.top) < 0.25 * side
        near = -0.2 * side <= other.box.left - one.box.right < 0.5 * side
        return level and near

    def neighbours(mark: _Mark) -> int:
        return sum(touches(mark, other) or touches(other, mark) for other in marks)

    crowded = {id(mark) for mark in marks if neighbours(mark) > 1}
    comb = {
        id(mark)
        for mark in marks
        for other in marks
        if id(other) in crowded and (mark is other or touches(mark, other) or touches(other, mark))
    }
    return [mark for mark in marks if id(mark) not in comb]


def _holds_text(mark: _Mark, pieces: Sequence[Piece], size: float) -> bool:
    """A letter or digit in the box, other than what a cross or an empty box is misread as."""
    return any(
        _is_inside(word, mark) and not _reaches_out(word, mark, size) and not _is_misreading(word)
        for piece in pieces
        for word in piece.words
    )


def _is_inside(word: Word, mark: _Mark) -> bool:
    across = min(word.bbox.right, mark.box.right) - max(word.bbox.left, mark.box.left)
    down = min(word.bbox.bottom, mark.box.bottom) - max(word.bbox.top, mark.box.top)
    narrower = min(word.bbox.width, mark.box.width)
    return across > 0.5 * narrower and down > 0.4 * min(word.bbox.height, mark.box.height)


def _reaches_out(word: Word, mark: _Mark, size: float) -> bool:
    """The word's box holds the mark and the text beside it."""
    out = max(word.bbox.right - mark.box.right, mark.box.left - word.bbox.left)
    return out > 0.3 * size


def _is_misreading(word: Word) -> bool:
    return len(word.text) <= 3 and set(word.text) <= MISREADINGS


def _without_marks(piece: Piece, marks: list[_Mark], size: float) -> Piece:
    words: list[Word] = []
    for word in piece.words:
        inside = [mark for mark in marks if _is_inside(word, mark)]
        if inside and _is_misreading(word):
            continue
        words.append(_beside(word, inside[0], size) if inside else word)
    return replace(piece, words=tuple(words))


def _beside(word: Word, mark: _Mark, size: float) -> Word:
    """The word without the mark in its box and in front of its text."""
    left, top, right, bottom = word.bbox
    gap = round(CLEAR * size)
    if right - mark.box.right > mark.box.left - left:
        left = min(mark.box.right + gap, right - 1)
    else:
        right = max(mark.box.left - gap, left + 1)
    text = word.text[1:] if word.text[0] in IN_FRONT and len(word.text) > 1 else word.text
    return replace(word, text=text, bbox=Bbox(left, top, right, bottom))


def _piece(mark: _Mark) -> Piece:
    return Piece((Word(mark.sign, mark.box, CONFIDENCE),))
