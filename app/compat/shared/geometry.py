"""Boxes in the coordinates of the page as it was sent, which other services use.

Our boxes refer to the upright page: a page sent sideways was turned before it was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from app.ocr.result import Bbox, Page

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it was sent. width, height: in pixels. scale: factor for every coordinate."""

    page: Page
    scale: float = 1

    @property
    def width(self) -> float:
        return self.scale * (self.page.height if self._sideways else self.page.width)

    @property
    def height(self) -> float:
        return self.scale * (self.page.width if self._sideways else self.page.height)

    @property
    def angle(self) -> float:
        """Degrees that the text leans clockwise on the sheet, above -180 and up to 180."""
        angle = self.page.skew - self.page.rotation
        return angle + 360 if angle <= -180 else angle

    @property
    def _sideways(self) -> bool:
        return self.page.rotation in (90, 270)

    def corners(self, box: Bbox) -> list[Point]:
        """Corners, clockwise from the one that is at the top left for a reader of the text."""
        upright = [
            (box.left, box.top),
            (box.right, box.top),
            (box.right, box.bottom),
            (box.left, box.bottom),
        ]
        return [self._point(x, y) for x, y in upright]

    def _point(self, x: int, y: int) -> Point:
        width, height = self.page.width, self.page.height
        turned = {
            0: (x, y),
            90: (y, width - x),
            180: (width - x, height - y),
            270: (height - y, x),
        }[self.page.rotation]
        return turned[0] * self.scale, turned[1] * self.scale


def character_boxes(text: str, box: Bbox) -> list[Bbox]:
    """The word's box cut into equal parts, for services that give every character a box."""
    edges = [box.left + round(box.width * at / len(text)) for at in range(len(text) + 1)]
    return [Bbox(left, box.top, right, box.bottom) for left, right in pairwise(edges)]
