"""Attachment of the text layer to a PDF page with any boxes and rotation."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from app.ocr.result import Page

from .font import GlyphlessFont
from .invisible import leaves_no_state, remove_invisible_text
from .text_layer import text_layer


def attach_text(
    pdf: pikepdf.Pdf,
    index: int,
    page: Page,
    font: GlyphlessFont,
    hidden: Sequence[bool] | None = None,
) -> None:
    """Turns the PDF page upright and adds the words, replacing an older text layer.

    hidden: see remove_invisible_text.
    """
    target = turn_upright(pdf, index, page)
    if not isinstance(target.obj.get(Name.Contents, Array()), Array | Stream):
        raise TypeError("The page's content is no stream.")
    rewritten = remove_invisible_text(pdf, target, hidden)
    if not any(page.words):
        return
    name = _font_name(target, font)
    layer = text_layer(page, font, name)
    restore = b""
    if not (rewritten and leaves_no_state(target)):
        # The page's own content may leave the graphics state changed.
        target.contents_add(b"q\n", prepend=True)
        restore = b"\nQ"
    target.contents_add(b"%b\nq\n%b cm\n%b\nQ\n" % (restore, _matrix(target, page), layer))


def turn_upright(pdf: pikepdf.Pdf, index: int, page: Page) -> pikepdf.Page:
    target = pdf.pages[index]
    target.rotate(page.rotation, relative=True)
    return target


def _font_name(target: pikepdf.Page, font: GlyphlessFont) -> bytes:
    """Adds the font to the page's resources, unless another page that shares them did."""
    fonts = target.resources.get(Name.Font, Dictionary())
    number = 0
    while (taken := fonts.get(f"/OcrText{number}")) is not None:
        if taken.objgen == font.dictionary.objgen:
            return b"/OcrText%d" % number
        number += 1
    target.add_resource(font.dictionary, Name.Font, Name(f"/OcrText{number}"))
    return b"/OcrText%d" % number


def _matrix(target: pikepdf.Page, page: Page) -> bytes:
    """Matrix from pixels of the upright page, origin at the lower left, to PDF page space."""
    left, bottom, right, top = _visible_box(target)
    width, height = right - left, top - bottom
    # Viewers round a rotation down to a multiple of 90.
    rotation = target.rotation // 90 * 90 % 360
    if rotation % 180:
        across, up = width / page.height, height / page.width
    else:
        across, up = width / page.width, height / page.height
    matrix = {
        0: (across, 0, 0, up, left, bottom),
        90: (0, up, -across, 0, right, bottom),
        180: (-across, 0, 0, -up, right, top),
        270: (0, -up, across, 0, left, top),
    }[rotation]
    return b" ".join(b"%.6f" % value for value in matrix)


def _visible_box(target: pikepdf.Page) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of the visible part: the crop box within the media box."""
    media, crop = _ordered(target.mediabox), _ordered(target.cropbox)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else media


def _ordered(box: pikepdf.Array) -> tuple[float, float, float, float]:
    """Left, bottom, right, top: in PDF any two opposite corners define a rectangle."""
    x1, y1, x2, y2 = (float(value) for value in box)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
