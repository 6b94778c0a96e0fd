"""Text objects of a PDF page, in forms too, and rendering of the page without them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from .font_style import style_of

# PDFium's own limit for forms inside forms.
MAX_DEPTH = 40
STROKED = {
    pdfium_c.FPDF_TEXTRENDERMODE_STROKE,
    pdfium_c.FPDF_TEXTRENDERMODE_STROKE_CLIP,
}
INVISIBLE = {pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP}


@dataclass(frozen=True, slots=True)
class Font:
    """number: index among the page's fonts. name: as in the file. embedded: it is in the file,
    so that it looks the same everywhere."""

    number: int
    name: str
    bold: bool
    italic: bool
    monospaced: bool
    embedded: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class TextObject:
    """The text of one text operator. raw: PDFium's handle, valid while the page is open.

    number: from 0 in the order of the content. painted: neither its mode nor its opacity makes it
    invisible. at: index, among the page's objects, of this one or the form that it is in.
    """

    raw: Any
    number: int
    font: Font
    painted: bool
    at: int = 0


def text_objects(page: pdfium.PdfPage) -> dict[int, TextObject]:
    """Text objects by address, in the order of the page's content."""
    found: dict[int, TextObject] = {}
    fonts: dict[int, Font] = {}
    for at, raw in _of_page(page):
        if pdfium_c.FPDFPageObj_GetType(raw) == pdfium_c.FPDF_PAGEOBJ_TEXT:
            font = pdfium_c.FPDFTextObj_GetFont(raw)
            if address(font) not in fonts:
                fonts[address(font)] = _font(font, len(fonts))
            found[address(raw)] = TextObject(
                raw, len(found), fonts[address(font)], _is_painted(raw), at
            )
    return found


@contextmanager
def taken_out(objects: Iterable[TextObject]) -> Iterator[None]:
    """Within this context the page is rendered without these objects."""
    taken = [each.raw for each in objects]
    for raw in taken:
        pdfium_c.FPDFPageObj_SetIsActive(raw, False)
    try:
        yield
    finally:
        for raw in taken:
            pdfium_c.FPDFPageObj_SetIsActive(raw, True)


def address(pointer: Any) -> int:
    """The address that a PDFium handle points to; 0 for a null handle."""
    return ctypes.addressof(pointer.contents) if pointer else 0


def _of_page(page: pdfium.PdfPage) -> Iterator[tuple[int, Any]]:
    for index in range(pdfium_c.FPDFPage_CountObjects(page.raw)):
        for raw in _with_parts(pdfium_c.FPDFPage_GetObject(page.raw, index), MAX_DEPTH):
            yield index, raw


def _with_parts(raw: Any, depth: int) -> Iterator[Any]:
    yield raw
    if pdfium_c.FPDFPageObj_GetType(raw) == pdfium_c.FPDF_PAGEOBJ_FORM and depth:
        for index in range(pdfium_c.FPDFFormObj_CountObjects(raw)):
            yield from _with_parts(pdfium_c.FPDFFormObj_GetObject(raw, index), depth - 1)


def _font(font: Any, number: int) -> Font:
    if not font:
        return Font(number, "", bold=False, italic=False, monospaced=False)
    length = pdfium_c.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(1, length))
    pdfium_c.FPDFFont_GetBaseFontName(font, buffer, length)
    name = buffer.value.decode("utf-8", "replace")
    flags = max(0, pdfium_c.FPDFFont_GetFlags(font))
    style = style_of(name, flags, pdfium_c.FPDFFont_GetWeight(font))
    embedded = pdfium_c.FPDFFont_GetIsEmbedded(font) == 1
    return Font(number, name, **style._asdict(), embedded=embedded)


def _is_painted(raw: Any) -> bool:
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(raw)
    if mode in INVISIBLE:
        return False
    color = tuple(ctypes.c_uint() for _ in range(4))
    get = (
        pdfium_c.FPDFPageObj_GetStrokeColor
        if mode in STROKED
        else pdfium_c.FPDFPageObj_GetFillColor
    )
    # A pattern has no colour, so get() fails.
    return not get(raw, *color) or color[3].value > 0
