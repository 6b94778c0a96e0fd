"""Turn a page so that text that runs up, down or upside down, or leans, runs left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox

# Pieces more than this many times as wide as high show the lean of a page.
LONG = 8
FEWEST = 3
# Tangents: a smaller lean counts as straight, a larger one is not the lean of a page.
STRAIGHT = 0.0025
MOST = 0.06


@dataclass(frozen=True, slots=True)
class Frame:
    """width, height: of the original page; angle: degrees clockwise of the text, 0, 90, 180, 270.

    lean: tangent of the text's additional angle, clockwise positive.
    """

    width: int
    height: int
    angle: int
    lean: float = 0.0

    @property
    def bbox(self) -> Bbox:
        """The turned page."""
        return self._turned(Bbox(0, 0, self.width, self.height))

    def upright(self, box: Bbox) -> Bbox:
        """The box on the page turned so that the text runs across; its size stays."""
        if not self.angle and not self.lean:
            return box
        return _sheared(self._turned(box), self.lean)

    def original(self, box: Bbox) -> Bbox:
        """The inverse of upright."""
        left, top, right, bottom = _sheared(box, -self.lean)
        width, height = self.width, self.height
        if self.angle == 90:
            return Bbox(width - bottom, left, width - top, right)
        if self.angle == 180:
            return Bbox(width - right, height - bottom, width - left, height - top)
        if self.angle == 270:
            return Bbox(top, height - right, bottom, height - left)
        return Bbox(left, top, right, bottom)

    def _turned(self, box: Bbox) -> Bbox:
        left, top, right, bottom = box
        width, height = self.width, self.height
        if self.angle == 90:
            return Bbox(top, width - right, bottom, width - left)
        if self.angle == 180:
            return Bbox(width - right, height - bottom, width - left, height - top)
        if self.angle == 270:
            return Bbox(height - bottom, left, height - top, right)
        return box


def frame_of(pieces: Sequence[Piece], width: int, height: int, angle: int) -> Frame:
    """The frame for pieces at this angle, with their lean."""
    level = Frame(width, height, angle)
    slopes = []
    for piece in pieces:
        boxes = sorted((level.upright(word.bbox) for word in piece.words), key=lambda box: box.left)
        first, last = boxes[0], boxes[-1]
        length = last.right + last.left - first.right - first.left
        if length > 2 * LONG * max(first.height, last.height):
            slopes.append((last.bottom + last.top - first.bottom - first.top) / length)
    lean = median(slopes) if len(slopes) >= FEWEST else 0.0
    return Frame(width, height, angle, lean if STRAIGHT < abs(lean) < MOST else 0.0)


def _sheared(box: Bbox, lean: float) -> Bbox:
    """The box moved as its middle moves when the page is turned back by a small angle."""
    if not lean:
        return box
    left, top, right, bottom = box
    down = round(lean * (left + right) / 2)
    across = round(lean * (top + bottom) / 2)
    return Bbox(left + across, top - down, right + across, bottom - down)
