"""Sizes of a page's pictures for browsers: a thumbnail, and the page whole or in strips.

A page much taller than wide would be a sliver if shown whole: it is shown as wide as the view, and
its strips are loaded as they are scrolled to. Separate from app.ocr.source.preview, so that web
processes load no numpy.
"""

from __future__ import annotations

import math
from enum import StrEnum

THUMBNAIL_SIDE = 320  # the longer side; all sides are in pixels
PAGE_SIDE = 1800  # the longer side, or more where the shorter one would fall below SHORT_SIDE
SHORT_SIDE = 900
LONGEST_SIDE = 8000  # half of what WebP can hold
# Above this ratio of height to width a page is shown in strips; A4 has 1.4, phone screens 2.2.
TALL = 2.5
STRIP_HEIGHT = 1800
MAX_STRIPS = 64


class Drawing(StrEnum):
    """Whether preview pictures of a recognized page are made as well as its text."""

    NONE = "none"
    IF_DECODED = "if decoded"  # where they cost next to nothing
    ALWAYS = "always"


def strip_count(width: int, height: int) -> int:
    """Number of pictures, one below the other, for an upright page of this size in pixels."""
    if height <= TALL * width:
        return 1
    shown_height = height * min(1.0, SHORT_SIDE / width)
    return min(MAX_STRIPS, math.ceil(shown_height / STRIP_HEIGHT))


def preview_scale(width: float, height: float, strips: int) -> float:
    """Scale of a page's pictures relative to its own size; above 1 for a small page."""
    shorter, longer = sorted((width, height))
    scale = max(PAGE_SIDE / longer, SHORT_SIDE / shorter)
    longest = LONGEST_SIDE if strips == 1 else strips * STRIP_HEIGHT
    return min(scale, longest / longer)
