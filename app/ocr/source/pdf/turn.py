"""Rotation of pages whose text runs down, up or upside down, so that it is upright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox

from .glyphs import Box, Glyph

# The page is turned if at least this share of the glyphs runs in one direction.
MAJORITY = 0.7


def rotation_of(glyphs: Sequence[Glyph]) -> int:
    """Degrees clockwise (0, 90, 180, 270) that make most of the text upright."""
    angles = Counter(glyph.angle for glyph in glyphs)
    angle, count = max(angles.items(), key=lambda item: item[1], default=(0, 0))
    return (360 - angle) % 360 if angle % 90 == 0 and count >= MAJORITY * len(glyphs) else 0


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn clockwise by rotation degrees. width, height: of the page before it, in pixels."""

    rotation: int
    width: int
    height: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the page afterwards."""
        size = self.width, self.height
        return size[::-1] if self.rotation % 180 else size

    def glyphs(self, glyphs: Iterable[Glyph]) -> list[Glyph]:
        if not self.rotation:
            return list(glyphs)
        return [
            glyph._replace(
                box=self.box(glyph.box),
                ink=self.box(glyph.ink),
                origin=self.box((*glyph.origin, *glyph.origin))[:2],
                angle=(glyph.angle + self.rotation) % 360,
            )
            for glyph in glyphs
        ]

    def bbox(self, bbox: Bbox) -> Bbox:
        return Bbox(*(round(side) for side in self.box(bbox)))

    def piece(self, piece: Piece) -> Piece:
        words = (replace(word, bbox=self.bbox(word.bbox)) for word in piece.words)
        return replace(piece, words=tuple(words))

    def box(self, box: Box) -> Box:
        left, top, right, bottom = box
        match self.rotation:
            case 90:
                return self.height - bottom, left, self.height - top, right
            case 180:
                return (
                    self.width - right,
                    self.height - bottom,
                    self.width - left,
                    self.height - top,
                )
            case 270:
                return top, self.width - right, bottom, self.width - left
        return box

    def back(self) -> Turn:
        """The turn that undoes this one."""
        return Turn((360 - self.rotation) % 360, *self.size)
