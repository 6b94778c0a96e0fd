"""Glyphs that a viewer shows, by comparing the page with and without its text.

Whatever hides text (a picture or bar over it, no contrast or opacity, clipping, a switched-off
layer, the page's edge), taking it out of the page then changes no pixel.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from app.ocr.result import Bbox
from app.ocr.source.base import Pixels

from .glyphs import Glyph
from .objects import TextObject, taken_out
from .stand_ins import drawn_as_boxes, undrawn

# Enough for 4-point print, at a hundredth of the work of recognition.
LOOK_DPI = 100
LOOK_PIXELS = 3_000_000
POINTS_PER_INCH = 72
# Of 255; white on almost white, or text of 5 % opacity, differs less.
LEAST_CONTRAST = 14
# Share of a glyph's box that its ink covers: less is what sticks out from under a bar.
LEAST_INK = 0.06
# Pixels of a picture's edge that may be a frame around nothing.
EDGE = 3
# Every STEP-th row and column of a picture suffices to see whether it has content.
STEP = 2
# Least share of ink relative to the usual share in the glyph's font.
LEAST_OF_USUAL = 0.25


@dataclass(frozen=True, slots=True)
class Look:
    """The page with and without its text objects. scale: pixels per point."""

    whole: Pixels
    without_text: Pixels
    scale: float

    @classmethod
    def at(
        cls,
        page: pdfium.PdfPage,
        objects: Sequence[TextObject],
        dpi: int = LOOK_DPI,
        pixels: int = LOOK_PIXELS,
    ) -> Look:
        """pixels: the most that the whole page may have."""
        width, height = page.get_size()
        scale = min(dpi / POINTS_PER_INCH, math.sqrt(pixels / (width * height)))
        whole = _render(page, scale)
        if not objects:
            return cls(whole, whole, scale)
        with taken_out(objects):
            return cls(whole, _render(page, scale), scale)

    def with_stand_ins(
        self, page: pdfium.PdfPage, glyphs: Sequence[Glyph], width: int, height: int
    ) -> Look:
        """The look with boxes in place of glyphs that PDFium cannot draw."""
        missing = undrawn(glyphs)
        if not missing:
            return self
        with drawn_as_boxes(page, missing, width, height):
            return replace(self, whole=_render(page, self.scale))

    @property
    def text_ink(self) -> NDArray[np.uint8]:
        """1 where text makes a visible difference."""
        differences = cv2.absdiff(self.whole, self.without_text)
        small = cv2.inRange(differences, (0, 0, 0), (LEAST_CONTRAST - 1,) * 3)
        return np.asarray(small == 0, np.uint8)


def are_visible(glyphs: Sequence[Glyph], look: Look, ratio: float) -> list[bool]:
    """Whether each glyph is visible. ratio: pixels of the look per pixel of the glyphs' boxes."""
    ink = _ink_shares(glyphs, look.text_ink, ratio)
    usual = _usual_shares(glyphs, ink)
    return [
        (glyph.owner is None or glyph.owner.painted)
        and share >= max(LEAST_INK, LEAST_OF_USUAL * usual[glyph.font])
        for glyph, share in zip(glyphs, ink, strict=True)
    ]


def shown_pictures(boxes: Sequence[Bbox], page: Pixels, ratio: float) -> tuple[Bbox, ...]:
    """The boxes without those where the page has a single colour, as if something covers them.

    page: without its text; ratio: its pixels per pixel of the boxes.
    """
    return tuple(box for box in boxes if _is_uneven(page, box, ratio))


def _is_uneven(page: Pixels, box: Bbox, ratio: float) -> bool:
    """Whether the page has content in the box; its edges may be drawn around an empty area."""
    left, top, right, bottom = (side * ratio for side in box)
    edge = min(EDGE, (right - left) / 4, (bottom - top) / 4)
    part = page[
        max(0, round(top + edge)) : round(bottom - edge) : STEP,
        max(0, round(left + edge)) : round(right - edge) : STEP,
    ]
    return bool(part.size and np.ptp(part.reshape(-1, 3), axis=0).max() >= LEAST_CONTRAST)


def _ink_shares(glyphs: Sequence[Glyph], ink: NDArray[np.uint8], ratio: float) -> list[float]:
    """Share of each glyph's box that visible ink covers."""
    if not glyphs:
        return []
    boxes = np.array([_inner_box(glyph) for glyph in glyphs]) * ratio
    height, width = ink.shape
    most = np.array([width, height])
    left, top = np.floor(boxes[:, :2]).astype(int).clip(0, most).T
    right, bottom = np.ceil(boxes[:, 2:]).astype(int).clip(0, most).T
    sums = cv2.integral(ink)
    counts = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    shares: list[float] = (counts / np.maximum(1, (right - left) * (bottom - top))).tolist()
    return shares


def _inner_box(glyph: Glyph) -> tuple[float, float, float, float]:
    """The outline's box; fonts made of pictures may have none."""
    return glyph.box if glyph.blank else glyph.ink


def _usual_shares(glyphs: Sequence[Glyph], shares: list[float]) -> dict[int, float]:
    """By font: the median share of its visible glyphs."""
    by_font: dict[int, list[float]] = defaultdict(list)
    for glyph, share in zip(glyphs, shares, strict=True):
        by_font[glyph.font].append(share)
    return {
        font: float(np.median([share for share in found if share >= LEAST_INK] or [0.0]))
        for font, found in by_font.items()
    }


def _render(page: pdfium.PdfPage, scale: float) -> Pixels:
    bitmap = page.render(scale=scale, may_draw_forms=True, rev_byteorder=True)
    pixels: Pixels = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
    bitmap.close()
    return pixels
