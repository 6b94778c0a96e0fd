"""Boxes that stand in for text in fonts that neither the file nor PDFium has.

Files in Chinese, Japanese and Korean often leave their fonts to the viewer. PDFium then draws
nothing; a box in the character's place, in the order of the content, shows whether it is covered.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from .glyphs import Box, Glyph
from .matrix import Matrix, pixel_matrix
from .objects import TextObject

# Glyphs beyond this number count as hidden.
MAX_BOXES = 10_000
OPTIONAL = "OC"


def undrawn(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Glyphs that another viewer shows and PDFium has no outline for."""
    return [glyph for glyph in glyphs if glyph.owner and _is_undrawn(glyph, glyph.owner)]


def _is_undrawn(glyph: Glyph, owner: TextObject) -> bool:
    if owner.font.embedded or not owner.painted or glyph.broken:
        return False
    return glyph.blank and not _is_optional(owner)


def _is_optional(owner: TextObject) -> bool:
    """Whether a viewer can switch the text on and off; a box would always be seen."""
    marks = range(max(0, pdfium_c.FPDFPageObj_CountMarks(owner.raw)))
    return any(_name(pdfium_c.FPDFPageObj_GetMark(owner.raw, at)) == OPTIONAL for at in marks)


def _name(mark: Any) -> str:
    buffer, length = ctypes.create_string_buffer(64), ctypes.c_ulong()
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium_c.FPDFPageObjMark_GetName(mark, units, 64, length)
    return buffer.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0")


@contextmanager
def drawn_as_boxes(
    page: pdfium.PdfPage, glyphs: Sequence[Glyph], width: int, height: int
) -> Iterator[None]:
    """Within this context the page has a box for each glyph. width, height: as in read_glyphs."""
    to_points = np.asarray(np.linalg.inv(pixel_matrix(page, width, height)), np.float64)
    owned = [(glyph.owner, glyph.box) for glyph in glyphs[:MAX_BOXES] if glyph.owner]
    drawn = []
    # The last ones first, so that the indexes of the others stay right.
    for owner, box in sorted(owned, key=lambda each: each[0].at, reverse=True):
        raw = _box(owner, box, to_points)
        if pdfium_c.FPDFPage_InsertObjectAtIndex(page.raw, raw, owner.at + 1):
            drawn.append(raw)
    try:
        yield
    finally:
        for raw in drawn:
            pdfium_c.FPDFPage_RemoveObject(page.raw, raw)
            pdfium_c.FPDFPageObj_Destroy(raw)


def _box(owner: TextObject, box: Box, to_points: Matrix) -> Any:
    """A box in the colour of the text."""
    corners = np.array([[box[0], box[2]], [box[1], box[3]], [1, 1]])
    (x0, x1), (y0, y1), _ = (to_points @ corners).tolist()
    raw = pdfium_c.FPDFPageObj_CreateNewRect(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
    color = tuple(ctypes.c_uint() for _ in range(4))
    if pdfium_c.FPDFPageObj_GetFillColor(owner.raw, *color):
        pdfium_c.FPDFPageObj_SetFillColor(raw, *(part.value for part in color))
    pdfium_c.FPDFPath_SetDrawMode(raw, pdfium_c.FPDF_FILLMODE_WINDING, False)
    return raw
