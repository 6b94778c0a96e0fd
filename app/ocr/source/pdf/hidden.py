"""Text operators of a PDF page whose text is invisible, in the order of the page's content.

They are going to be removed from the file, so the usual comparison is not enough: without them no
pixel may differ even at twice its resolution.
"""

from __future__ import annotations

from collections import defaultdict

import cv2
import pypdfium2 as pdfium

from .glyphs import Glyph, read_glyphs
from .objects import TextObject, text_objects
from .visibility import Look, are_visible

CLOSE_DPI = 200
CLOSE_PIXELS = 9_000_000
# Of 255: the change that blending one transparent layer less may cause.
ROUNDING = 2


def hidden_text(page: pdfium.PdfPage, width: int, height: int) -> list[bool]:
    """Whether each text object is hidden, those in forms included. Text outside the page counts
    as visible: it is no layer over the page. Objects of spaces are like the one before them."""
    objects = text_objects(page)
    glyphs = list(read_glyphs(page, objects, width, height))
    look = Look.at(page, list(objects.values())).with_stand_ins(page, glyphs, width, height)
    seen: dict[int, list[bool]] = defaultdict(list)
    visible = are_visible(glyphs, look, look.whole.shape[1] / width)
    for glyph, is_visible in zip(glyphs, visible, strict=True):
        if glyph.owner:
            seen[glyph.owner.number].append(is_visible or not _is_inside(glyph, width, height))
    hidden: list[bool] = []
    for each in objects.values():
        if not each.painted:
            hidden.append(True)
        elif each.number in seen:
            hidden.append(not any(seen[each.number]))
        else:
            hidden.append(bool(hidden and hidden[-1]))
    covered = [each for each in objects.values() if each.painted and hidden[each.number]]
    if covered and _makes_a_difference(page, covered):
        return [not each.painted for each in objects.values()]
    return hidden


def _makes_a_difference(page: pdfium.PdfPage, objects: list[TextObject]) -> bool:
    close = Look.at(page, objects, CLOSE_DPI, CLOSE_PIXELS)
    return bool(cv2.absdiff(close.whole, close.without_text).max() > ROUNDING)


def _is_inside(glyph: Glyph, width: int, height: int) -> bool:
    left, top, right, bottom = glyph.box
    return 0 <= (left + right) / 2 <= width and 0 <= (top + bottom) / 2 <= height
