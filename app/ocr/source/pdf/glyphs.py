"""Glyphs of a PDF page in the order of its content, with all that PDFium knows about each."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from .characters import REPLACEMENT, character
from .matrix import pixel_matrix
from .objects import TextObject, address

Box = tuple[float, float, float, float]
LINE_BREAKS = (0x0A, 0x0D)
SPACE = 0x20
# Of the font's size: ink thinner than this does not count, and no character reaches further.
BLANK = 0.01
REACH = 4.0
# Of the font's size; some fonts, such as those for mathematics, claim many times as much.
MOST_ASCENT, MOST_DESCENT = 1.2, 0.5


class Glyph(NamedTuple):
    """One drawn character; coordinates in pixels of the page as displayed.

    box: left, top, right, bottom, around its ink and its advance, as high as the font's ascent
    and descent; ink: of its outline. origin: where its baseline begins. size: of the font. angle:
    degrees clockwise of the baseline, 0 to 359. spaced: the file has a space before it; apart:
    PDFium inserts a space or line break there. owner: the text object that draws it, or None.
    advance: along the baseline by the font, wrong for some Type 3 fonts; 0 if unknown. font: its
    number on the page, -1 if unknown.
    """

    text: str
    box: Box
    ink: Box
    origin: tuple[float, float]
    size: float
    angle: int
    spaced: bool
    apart: bool
    owner: TextObject | None
    advance: float = 0.0
    font: int = -1

    @property
    def broken(self) -> bool:
        return self.text == REPLACEMENT

    @property
    def blank(self) -> bool:
        """Whether it has no outline, like a space or a character that PDFium has no font for."""
        left, top, right, bottom = self.ink
        return min(right - left, bottom - top) < BLANK * self.size


def read_glyphs(
    page: pdfium.PdfPage, objects: dict[int, TextObject], width: int, height: int
) -> Iterator[Glyph]:
    """objects: the page's text objects by address; width, height: of the page in pixels."""
    textpage = page.get_textpage()
    try:
        yield from _Reader(page, textpage, objects, width, height)
    finally:
        textpage.close()


class _Reader:
    """Reads glyphs with few calls of PDFium, as a page has thousands of them."""

    def __init__(
        self,
        page: pdfium.PdfPage,
        textpage: pdfium.PdfTextPage,
        objects: dict[int, TextObject],
        width: int,
        height: int,
    ) -> None:
        self.raw, self.count = textpage.raw, textpage.count_chars()
        self.objects = objects
        matrix = pixel_matrix(page, width, height)
        self.across, self.down, _ = matrix.tolist()
        self.scale = math.sqrt(abs(float(np.linalg.det(matrix[:2, :2]))))
        self.sizes: dict[int, tuple[float, int, float]] = {}
        self.widths: dict[tuple[int, int], float] = {}
        self.sides = tuple(ctypes.c_double() for _ in range(4))
        self.loose = pdfium_c.FS_RECTF()

    def __iter__(self) -> Iterator[Glyph]:
        spaced = apart = False
        for index in range(self.count):
            code = pdfium_c.FPDFText_GetUnicode(self.raw, index)
            if code in LINE_BREAKS or (code == SPACE and self._is_generated(index)):
                apart = True
            elif glyph := self._glyph(index, code, spaced, apart):
                yield glyph
                spaced = apart = False
            else:
                spaced = True

    def _is_generated(self, index: int) -> bool:
        """Whether PDFium inserted the space: it inserts nothing else but line breaks."""
        return bool(pdfium_c.FPDFText_IsGenerated(self.raw, index) == 1)

    def _glyph(self, index: int, code: int, spaced: bool, apart: bool) -> Glyph | None:
        """None for a space of any kind, even one without a known character."""
        place = address(pdfium_c.FPDFText_GetTextObject(self.raw, index))
        owner = self.objects.get(place)
        text = character(code, owner.font.name if owner else "")
        if not text:
            return None
        if pdfium_c.FPDFText_HasUnicodeMapError(self.raw, index) == 1:
            text = REPLACEMENT
        if place not in self.sizes or not place:
            self.sizes[place] = self._size_and_angle(index)
        size, angle, along = self.sizes[place]
        advance = along * self._width(owner, code) if owner else 0.0
        box, ink, origin = self._places(index, size)
        box = _with_usual_height(box, origin, size, angle)
        font = owner.font.number if owner else -1
        glyph = Glyph(text, box, ink, origin, size, angle, spaced, apart, owner, advance, font)
        is_space = glyph.broken and glyph.blank and owner and owner.font.name
        return None if is_space else glyph

    def _width(self, owner: TextObject, code: int) -> float:
        """Width of the character in sizes of the font; PDFium finds it by its Unicode."""
        key = owner.font.number, code
        if key not in self.widths:
            width = ctypes.c_float()
            font = pdfium_c.FPDFTextObj_GetFont(owner.raw)
            found = pdfium_c.FPDFFont_GetGlyphWidth(font, code, ctypes.c_float(1000), width)
            self.widths[key] = max(0.0, width.value / 1000) if found else 0.0
        return self.widths[key]

    def _places(self, index: int, size: float) -> tuple[Box, Box, tuple[float, float]]:
        """Box, ink and origin."""
        left, right, bottom, top = self.sides
        loose = self.loose
        pdfium_c.FPDFText_GetLooseCharBox(self.raw, index, loose)
        pdfium_c.FPDFText_GetCharBox(self.raw, index, left, right, bottom, top)
        box = self._pixels(loose.left, loose.bottom, loose.right, loose.top)
        ink = self._pixels(left.value, bottom.value, right.value, top.value)
        pdfium_c.FPDFText_GetCharOrigin(self.raw, index, left, top)
        origin = self._pixels(left.value, top.value, left.value, top.value)[:2]
        return _near(box, origin, size), _near(ink, origin, size), origin

    def _pixels(self, left: float, bottom: float, right: float, top: float) -> Box:
        (a, c, e), (b, d, f) = self.across, self.down
        x0, x1 = a * left + c * bottom + e, a * right + c * top + e
        y0, y1 = b * left + d * bottom + f, b * right + d * top + f
        if x0 > x1:
            x0, x1 = x1, x0
        return (x0, y0, x1, y1) if y0 < y1 else (x0, y1, x1, y0)

    def _size_and_angle(self, index: int) -> tuple[float, int, float]:
        """Size and angle as displayed, and the size along the baseline: writers scale and turn the
        font by their matrices too, and some draw it upside down by a negative size."""
        transform = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFText_GetMatrix(self.raw, index, transform)
        (a, c, _), (b, d, _) = self.across, self.down
        points = pdfium_c.FPDFText_GetFontSize(self.raw, index)
        x, y = math.copysign(1, points) * transform.a, math.copysign(1, points) * transform.b
        area = transform.a * transform.d - transform.b * transform.c
        across, down = a * x + c * y, b * x + d * y
        size = abs(points) * math.sqrt(abs(area)) * self.scale
        angle = math.degrees(math.atan2(down, across))
        return max(1.0, size), round(angle) % 360, abs(points) * math.hypot(across, down)


def _near(box: Box, origin: tuple[float, float], size: float) -> Box:
    """The box cut to REACH, for fonts that claim characters as large as the page."""
    (x, y), reach = origin, REACH * size
    if box[2] - box[0] < reach and box[3] - box[1] < reach:
        return box
    left, right = max(box[0], x - reach), min(box[2], x + reach)
    top, bottom = max(box[1], y - reach), min(box[3], y + reach)
    return (left, top, right, bottom) if left <= right and top <= bottom else (x, y, x, y)


def _with_usual_height(box: Box, origin: tuple[float, float], size: float, angle: int) -> Box:
    """The box cut to the usual extent of fonts above and below the baseline."""
    left, top, right, bottom = box
    ascent, descent = MOST_ASCENT * size, MOST_DESCENT * size
    (x, y) = origin
    if angle == 0:
        return left, max(top, y - ascent), right, min(bottom, y + descent)
    if angle == 180:
        return left, max(top, y - descent), right, min(bottom, y + ascent)
    if angle == 90:
        return max(left, x - descent), top, min(right, x + ascent), bottom
    if angle == 270:
        return max(left, x - ascent), top, min(right, x + descent), bottom
    return box
