"""A PDF page's own text layer, with boxes, if it can be trusted to be what a reader sees."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from app.ocr.layout import blocks_in_reading_order
from app.ocr.result import Bbox, Block, Line, Word
from app.ocr.scripts import is_right_to_left, is_unspaced

Matrix = NDArray[np.float64]
# What pdfium gives for a hyphen at the end of a line.
LINE_END_HYPHEN = "\x02"
LINE_BREAKS = "\r\n"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character; box: (left, top, right, bottom) in pixels, None for generated spaces."""

    text: str
    box: tuple[float, float, float, float] | None
    broken: bool


def blocks_of_glyphs(glyphs: list[Glyph]) -> tuple[Block, ...]:
    return blocks_in_reading_order(_lines(glyphs))


def read_glyphs(page: pdfium.PdfPage, width: int, height: int) -> Iterator[Glyph]:
    """Characters in content order, boxes in pixels of the page at width x height."""
    to_pixels = _pixel_matrix(page, width, height)
    textpage = page.get_textpage()
    try:
        for index in range(textpage.count_chars()):
            yield _glyph(textpage, index, to_pixels)
    finally:
        textpage.close()


def _glyph(textpage: pdfium.PdfTextPage, index: int, to_pixels: Matrix) -> Glyph:
    code = pdfium_c.FPDFText_GetUnicode(textpage.raw, index)
    text = chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"
    if text == LINE_END_HYPHEN:
        text = "-"
    if "\ufb00" <= text <= "\ufb06":
        text = unicodedata.normalize("NFKC", text)
    broken = pdfium_c.FPDFText_HasUnicodeMapError(textpage.raw, index) == 1 or _is_garbage(text)
    if pdfium_c.FPDFText_IsGenerated(textpage.raw, index) == 1 or text.isspace():
        return Glyph(text, None, False)
    left, bottom, right, top = textpage.get_charbox(index, loose=True)
    corners = np.array([[left, bottom, 1.0], [right, top, 1.0]]) @ to_pixels.T
    (x0, y0), (x1, y1) = corners
    return Glyph(text, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), broken)


def _is_garbage(text: str) -> bool:
    return text == "\ufffd" or unicodedata.category(text[0]) in ("Co", "Cn", "Cc")


def _pixel_matrix(page: pdfium.PdfPage, width: int, height: int) -> Matrix:
    """(2, 3) from PDF points to pixels; pdfium itself knows about crop boxes and rotation."""
    fine, reach = 1000, 100.0

    def device(x: float, y: float) -> NDArray[np.float64]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(
            page.raw, 0, 0, width * fine, height * fine, 0, x, y, across, down
        )
        return np.array([across.value, down.value]) / fine

    origin = device(0, 0)
    horizontal, vertical = (device(reach, 0) - origin) / reach, (device(0, reach) - origin) / reach
    return np.column_stack([horizontal, vertical, origin])


def _lines(glyphs: list[Glyph]) -> Iterator[Line]:
    current: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text in LINE_BREAKS or (current and _starts_line(current, glyph)):
            if line := _line(current):
                yield line
            current = []
        if glyph.text not in LINE_BREAKS:
            current.append(glyph)
    if line := _line(current):
        yield line


def _starts_line(current: list[Glyph], glyph: Glyph) -> bool:
    """A jump up or down without a line break in between."""
    last = next((each.box for each in reversed(current) if each.box), None)
    if last is None or glyph.box is None:
        return False
    common = min(last[3], glyph.box[3]) - max(last[1], glyph.box[1])
    return common < 0.2 * min(last[3] - last[1], glyph.box[3] - glyph.box[1])


def _line(glyphs: list[Glyph]) -> Line | None:
    groups: list[list[Glyph]] = [[]]
    for glyph in glyphs:
        if glyph.box is None:
            groups.append([])
        else:
            groups[-1].append(glyph)
    words = tuple(word for group in groups if group for word in _words(group))
    text = " ".join(word.text for word in words)
    return Line(words, "rtl" if is_right_to_left(text) else "ltr") if words else None


def _words(group: list[Glyph]) -> Iterator[Word]:
    """Glyphs without a space between them: one word, or several where Chinese meets Latin."""
    start = 0
    for at in range(1, len(group) + 1):
        if at == len(group) or is_unspaced(group[at].text) != is_unspaced(group[at - 1].text):
            yield _word(group[start:at], space_after=at == len(group))
            start = at


def _word(glyphs: list[Glyph], *, space_after: bool) -> Word:
    boxes = np.array([glyph.box for glyph in glyphs if glyph.box])
    left, top = np.floor(boxes[:, :2].min(axis=0)).astype(int)
    right, bottom = np.ceil(boxes[:, 2:].max(axis=0)).astype(int)
    text = "".join(glyph.text for glyph in glyphs)
    return Word(text, Bbox(int(left), int(top), int(right), int(bottom)), 1.0, space_after)
