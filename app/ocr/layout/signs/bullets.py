"""Dashes and discs of a picture in front of list items, which engines often leave out.

They are found by their ink: by itself left of a line of text, at the middle of its small letters,
and below others of the same shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from app.ocr.layout.elements import Piece
from app.ocr.layout.kinds.type_size import depth_of, type_size
from app.ocr.result import Bbox, Word

from .marks import PageInk

# All in type sizes. A dash is a bar, a disc is about as high as wide and filled.
DASH_WIDTH, DASH_HEIGHT = (0.22, 1.3), 0.17
DISC = (0.14, 0.5)
DASH_FILLED, DISC_FILLED = 0.7, 0.66
LONG_DASH = 0.36
# White around it, and between it and its line.
CLEAR_ACROSS, CLEAR_DOWN = 0.25, 0.3
NEAREST, FURTHEST = 0.2, 3.0
# From the baseline up to the middle of the mark.
MIDDLE = (0.12, 0.45)
SAME_LEFT = 0.3
# A list has at least so many items with one marker.
FEWEST = 2
READ = {"-": "-", "–": "–", "—": "–", "•": "•", "·": "•", "●": "•"}
CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class _Bullet:
    """size: of the type of its line."""

    sign: str
    box: Bbox
    size: float


def with_bullets(page: PageInk, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces and one more for each marker found."""
    lines = [(piece.bbox, size, _baseline(piece, size)) for piece, size in _sized(pieces)]
    if len(lines) < FEWEST:
        return tuple(pieces)
    boxes = np.array([piece.bbox for piece in pieces], float)
    found = [
        bullet
        for box, filled in _separate_ink(page)
        if not _is_in_text(box, boxes)
        and (line := _line_of(box, lines))
        and (bullet := _bullet(box, filled, line))
    ]
    markers = [*found, *_read_markers(pieces, page.size)]
    lists = [each for each in found if sum(_is_alike(each, other) for other in markers) >= FEWEST]
    return (*pieces, *(Piece((Word(each.sign, each.box, CONFIDENCE),)) for each in lists))


def _read_markers(pieces: Sequence[Piece], size: float) -> Iterator[_Bullet]:
    """Those that the engine has read itself: not all of a list are left out."""
    for piece in pieces:
        first = piece.words[0]
        if first.text in READ:
            yield _Bullet(READ[first.text], first.bbox, size)


def _sized(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, float]]:
    for piece in pieces:
        if piece.direction == "ltr" and not piece.angle:
            text = "".join(word.text for word in piece.words)
            if len(text) > 1 and (size := type_size(text, piece.bbox.height)):
                yield piece, size


def _baseline(piece: Piece, size: float) -> float:
    text = "".join(word.text for word in piece.words)
    return piece.bbox.bottom - depth_of(text) * size


def _separate_ink(page: PageInk) -> Iterator[tuple[Bbox, float]]:
    """Small marks with white around them, and the share of their box that is ink."""
    ink, unit, stats = page.ink, page.unit, page.stats
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    fits = (widths <= DASH_WIDTH[1] * unit) & (heights <= DISC[1] * unit)
    fits &= (widths >= DISC[0] * unit) & (heights >= 1)
    fits[0] = False
    across, down = round(CLEAR_ACROSS * unit), round(CLEAR_DOWN * unit)
    for number in np.flatnonzero(fits):
        left, top, width, height, area = (int(side) for side in stats[number, :5])
        around = ink[
            max(0, top - down) : top + height + down, max(0, left - across) : left + width + across
        ]
        if int(around.sum()) == area:
            edges = (left, top, left + width, top + height)
            yield Bbox(*(round(edge * page.scale) for edge in edges)), area / (width * height)


def _is_in_text(box: Bbox, boxes: np.ndarray) -> bool:
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    left, top, right, bottom = boxes.T
    inside = (left <= across) & (across <= right) & (top <= down) & (down <= bottom)
    return bool(inside.any())


def _line_of(
    box: Bbox, lines: Sequence[tuple[Bbox, float, float]]
) -> tuple[Bbox, float, float] | None:
    """The line right of the mark, if there is none on its left."""
    middle = (box.top + box.bottom) / 2
    beside = [line for line in lines if line[0].top <= middle <= line[0].bottom]
    after = [line for line in beside if line[0].left >= box.right]
    if not after:
        return None
    line = min(after, key=lambda each: each[0].left)
    size = line[1]
    if any(0 <= box.left - other.right < FURTHEST * size for other, _, _ in beside):
        return None
    return line if NEAREST * size <= line[0].left - box.right <= FURTHEST * size else None


def _bullet(box: Bbox, filled: float, line: tuple[Bbox, float, float]) -> _Bullet | None:
    _, size, baseline = line
    width, height = box.width / size, box.height / size
    if not MIDDLE[0] <= (baseline - (box.top + box.bottom) / 2) / size <= MIDDLE[1]:
        return None
    if (
        height <= DASH_HEIGHT
        and DASH_WIDTH[0] <= width <= DASH_WIDTH[1]
        and width >= 2 * height
        and filled >= DASH_FILLED
    ):
        return _Bullet("–" if width >= LONG_DASH else "-", box, size)
    round_enough = DISC[0] <= min(width, height) and max(width, height) <= DISC[1]
    if round_enough and 0.7 <= width / height <= 1.4 and filled >= DISC_FILLED:
        return _Bullet("•", box, size)
    return None


def _is_alike(one: _Bullet, other: _Bullet) -> bool:
    dashes = {one.sign, other.sign} <= {"-", "–"}
    return (dashes or one.sign == other.sign) and abs(
        one.box.left - other.box.left
    ) <= SAME_LEFT * one.size
