"""Dashes and discs of a picture, clear of all letters, which engines often leave out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from app.ocr.layout.elements import Piece
from app.ocr.layout.kinds.type_size import depth_of, type_size
from app.ocr.result import Bbox

from .marks import PageInk

# All in type sizes. A dash is a bar, a disc is about as high as wide and filled.
DASH_WIDTH, DASH_HEIGHT = (0.22, 1.3), 0.17
DISC = (0.14, 0.5)
DASH_FILLED, DISC_FILLED = 0.7, 0.66
LONG_DASH = 0.36
# Least white around it.
CLEAR_ACROSS, CLEAR_DOWN = 0.25, 0.3
# From the baseline up to the middle of the mark.
MIDDLE = (0.12, 0.45)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A piece of text that runs across. size: of its type, in pixels."""

    box: Bbox
    size: float
    baseline: float

    def symbol(self, mark: Ink) -> str | None:
        """ "-", "–" or "•" if the mark has its shape and its height beside this line, else None."""
        width, height = mark.box.width / self.size, mark.box.height / self.size
        middle = (mark.box.top + mark.box.bottom) / 2
        if not MIDDLE[0] <= (self.baseline - middle) / self.size <= MIDDLE[1]:
            return None
        if (
            height <= DASH_HEIGHT
            and DASH_WIDTH[0] <= width <= DASH_WIDTH[1]
            and width >= 2 * height
            and mark.filled >= DASH_FILLED
        ):
            return "–" if width >= LONG_DASH else "-"
        round_enough = DISC[0] <= min(width, height) and max(width, height) <= DISC[1]
        if round_enough and 0.7 <= width / height <= 1.4 and mark.filled >= DISC_FILLED:
            return "•"
        return None


@dataclass(frozen=True, slots=True)
class Ink:
    """A small mark with white around it. filled: share of ink in its box."""

    box: Bbox
    filled: float


@dataclass(frozen=True, slots=True)
class SeparateMarks:
    """lines: of the page's text. marks: outside the text, from top to bottom."""

    lines: tuple[TextLine, ...]
    marks: tuple[Ink, ...]

    @classmethod
    def of(cls, page: PageInk, pieces: Sequence[Piece]) -> SeparateMarks:
        """No marks on a page with hardly any text."""
        lines = tuple(_lines(pieces))
        if len(lines) < 2:
            return cls(lines, ())
        texts = np.array([piece.bbox for piece in pieces], float)
        marks = (mark for mark in _separate_ink(page) if not _is_in_text(mark.box, texts))
        return cls(lines, tuple(marks))

    def lines_beside(self, mark: Ink) -> list[TextLine]:
        middle = (mark.box.top + mark.box.bottom) / 2
        return [line for line in self.lines if line.box.top <= middle <= line.box.bottom]


def _lines(pieces: Sequence[Piece]) -> Iterator[TextLine]:
    for piece in pieces:
        if piece.direction == "ltr" and not piece.angle:
            text, box = "".join(word.text for word in piece.words), piece.bbox
            if len(text) > 1 and (size := type_size(text, box.height)):
                yield TextLine(box, size, box.bottom - depth_of(text) * size)


def _separate_ink(page: PageInk) -> Iterator[Ink]:
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
            box = Bbox(*(round(edge * page.scale) for edge in edges))
            yield Ink(box, area / (width * height))


def _is_in_text(box: Bbox, boxes: np.ndarray) -> bool:
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    left, top, right, bottom = boxes.T
    inside = (left <= across) & (across <= right) & (top <= down) & (down <= bottom)
    return bool(inside.any())
