"""Glyphs in the frame of their baseline, each from its origin to the end of its advance.

A glyph's box includes ink that hangs over, such as an italic "f"; spaces between words are
measured from the end of an advance to the next origin.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from .bidi import runs_leftwards
from .glyphs import Box, Glyph

# Of the font's size: the exactness of boxes, and the furthest that an origin lies from its box.
EXACT = 0.01
NEAR = 0.3
# For leaning text, whose boxes are no measure: extent above and below the baseline, and half of the
# width if the advance is unknown.
ABOVE, BELOW = 0.75, 0.25
HALF_WIDTH = 0.25


class Placed(NamedTuple):
    """A glyph in the frame of its baseline: start and end along it, top and bottom across."""

    glyph: Glyph
    start: float
    end: float
    top: float
    bottom: float


def placed(glyph: Glyph, angle: int) -> Placed:
    """angle: of the baseline, degrees clockwise; differs from the glyph's for vertical writing."""
    if angle % 90:
        return _leaning(glyph, math.radians(angle))
    start, top, end, bottom = _turned(glyph.box, angle)
    if angle == glyph.angle:
        start, end = _advance(glyph, angle, start, end)
    return Placed(glyph, start, end, top, bottom)


def _turned(box: Box, angle: int) -> Box:
    """Start, top, end, bottom."""
    left, top, right, bottom = box
    match angle:
        case 90:
            return top, -right, bottom, -left
        case 180:
            return -right, -bottom, -left, -top
        case 270:
            return -bottom, left, -top, right
    return box


def _advance(glyph: Glyph, angle: int, start: float, end: float) -> tuple[float, float]:
    """Start and end without ink that hangs over. start, end: of the box."""
    x, y = glyph.origin
    origin = _turned((x, y, x, y), angle)[0]
    if abs(origin - start) > NEAR * glyph.size or runs_leftwards(glyph.text):
        return start, end
    ink_start, _, ink_end, _ = _turned(glyph.ink, angle)
    exact = EXACT * glyph.size
    if start > origin + exact:
        # A Type 3 font, whose box is its ink: the space on both sides is assumed to be equal.
        return origin, end + ink_start - origin
    if ink_end >= end - exact and 0 < glyph.advance <= end - origin + exact:
        return origin, origin + glyph.advance
    return origin, end


def _leaning(glyph: Glyph, angle: float) -> Placed:
    cosine, sine = math.cos(angle), math.sin(angle)
    x, y = glyph.origin
    along, across, size = x * cosine + y * sine, y * cosine - x * sine, glyph.size
    if not glyph.advance:
        left, top, right, bottom = glyph.box
        middle = (left + right) / 2 * cosine + (top + bottom) / 2 * sine
        along = middle - HALF_WIDTH * size
    end = along + (glyph.advance or 2 * HALF_WIDTH * size)
    return Placed(glyph, along, end, across - ABOVE * size, across + BELOW * size)
