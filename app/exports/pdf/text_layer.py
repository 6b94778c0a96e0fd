"""Invisible text exactly on top of the words in a page's picture."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from app.ocr.result import Bbox, Line, Page, Word
from app.ocr.scripts import is_right_to_left
from app.ocr.text import one_line

from .bidi import visual_order
from .font import WIDTH, GlyphlessFont
from .placement import Placement, downwards, leaning

INVISIBLE = 3
# Readers merge equal letters closer than a tenth of the font size: they assume fake bold.
CLOSEST = 0.15


def text_layer(page: Page, font: GlyphlessFont, font_name: bytes) -> bytes:
    """Content stream operators in pixels of the upright page, origin at its lower left corner.

    font_name: of the font in the page's resources, such as b"/F1".
    """
    shown = (
        b"%b %b %b Tj" % (font_name, _state(place, advance), font.encode(text))
        for line in page.lines
        for text, place, advance in _texts(line, page)
    )
    return b"\n".join((b"BT", b"%d Tr" % INVISIBLE, *shown, b"ET"))


def _texts(line: Line, page: Page) -> Iterator[tuple[str, Placement, float]]:
    """For each word its text in visual order, placement, and advance per character in px."""
    for word, following in pairwise((*line.words, None)):
        if word is None or not (text := one_line(word.text)):
            continue
        place = _place(word, following, line, page)
        advance = place.length / len(text)
        if not word.space_after:
            yield visual_order(text), place, advance
        elif is_right_to_left(text):
            yield " " + visual_order(text), place.moved(-advance), advance
        else:
            yield text + " ", place, advance


def _place(word: Word, following: Word | None, line: Line, page: Page) -> Placement:
    if line.direction == "ttb":
        return downwards(word.bbox, page.height)
    bbox = word.bbox
    if following and not word.space_after and line.direction == "ltr":
        bbox = _reaching(bbox, following.bbox)
    return leaning(bbox, page.skew, page.height)


def _reaching(bbox: Bbox, following: Bbox) -> Bbox:
    """The box extended to the next: a gap would be copied as a space in Chinese or Japanese."""
    near = bbox.right < following.left < bbox.right + bbox.height
    return bbox._replace(right=following.left) if near else bbox


def _state(place: Placement, advance: float) -> bytes:
    """Font size, horizontal scaling and text matrix."""
    cosine, sine = math.cos(place.angle), math.sin(place.angle)
    size = min(place.height, advance / CLOSEST)
    matrix = (cosine, sine, -sine, cosine, place.x, place.y)
    return b"%.2f Tf %.2f Tz %.5f %.5f %.5f %.5f %.2f %.2f Tm" % (
        size,
        100 * advance / (WIDTH * size),
        *matrix,
    )
