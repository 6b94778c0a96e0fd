"""Baseline of a word's text, computed from its box."""

from __future__ import annotations

import math
from typing import NamedTuple

from app.ocr.result import Bbox

# In degrees: less skew is negligible; more means that the page was not recognized.
SMALLEST_SKEW, LARGEST_SKEW = 0.05, 40.0


class Placement(NamedTuple):
    """Placement of a word's text, in px with the page's lower left corner as origin.

    x, y: start of the baseline. angle: of the baseline, radians counter-clockwise.
    length: along the baseline; height: across it; neither is 0.
    """

    x: float
    y: float
    angle: float
    length: float
    height: float

    def moved(self, distance: float) -> Placement:
        """The placement moved along its baseline."""
        x = self.x + distance * math.cos(self.angle)
        return self._replace(x=x, y=self.y + distance * math.sin(self.angle))


def upright(bbox: Bbox, page_height: int) -> Placement:
    return _placement(bbox.left, page_height - bbox.bottom, 0.0, bbox.width, bbox.height)


def downwards(bbox: Bbox, page_height: int) -> Placement:
    """Vertical writing as one line turned clockwise, so its characters lie on their side."""
    return _placement(bbox.left, page_height - bbox.top, -math.pi / 2, bbox.height, bbox.width)


def leaning(bbox: Bbox, skew: float, page_height: int) -> Placement:
    """Text that fits the box exactly when it leans clockwise by skew degrees.

    With s and c the sine and cosine of the angle, a text of length l and height h fills a box of
    width l*c + h*s and height l*s + h*c, solved here for l and h.
    """
    if not SMALLEST_SKEW < abs(skew) < LARGEST_SKEW:
        return upright(bbox, page_height)
    angle = math.radians(-skew)
    sine, cosine = math.sin(abs(angle)), math.cos(angle)
    length = (bbox.width * cosine - bbox.height * sine) / math.cos(2 * angle)
    height = (bbox.height * cosine - bbox.width * sine) / math.cos(2 * angle)
    if length < 1 or height < 1:
        return upright(bbox, page_height)
    # The text's lower left corner touches the left side of the box (skew > 0) or its bottom.
    right, down = (0.0, height * cosine) if skew > 0 else (height * sine, float(bbox.height))
    return _placement(bbox.left + right, page_height - bbox.top - down, angle, length, height)


def _placement(x: float, y: float, angle: float, length: float, height: float) -> Placement:
    return Placement(x, y, angle, max(length, 1.0), max(height, 1.0))
