"""Whether a PDF page's text layer says what the page shows."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from app.ocr.source.base import Pixels

from .pdf_text import Glyph

MAX_BROKEN = 0.03
# A picture that covers this much of the page is a scan, and invisible text over it is some other
# program's recognition of it.
SCAN_COVER = 0.6
# Text drawn as curves or pictures: more than this share of the page's ink lies outside the glyphs.
MAX_UNEXPLAINED = 0.35
# From so many glyphs on, what lies outside is taken for figures.
TRUSTED_GLYPHS = 1500
LOOK_SIDE = 700
MAX_OBJECTS = 5000


def is_sound(page: pdfium.PdfPage, glyphs: list[Glyph], width: int, height: int) -> bool:
    """glyphs: of the page at width x height pixels."""
    drawn = [glyph for glyph in glyphs if glyph.box]
    if not drawn or sum(glyph.broken for glyph in drawn) > MAX_BROKEN * len(drawn):
        return False
    if not _is_upright(drawn) or _is_recognized_scan(page) or _is_written_on(page):
        return False
    return (
        len(drawn) >= TRUSTED_GLYPHS or _unexplained(page, drawn, width, height) < MAX_UNEXPLAINED
    )


def _is_upright(drawn: list[Glyph]) -> bool:
    """Each glyph follows its neighbour sideways, not up or down."""
    steps: Counter[bool] = Counter()
    for before, after in pairwise(drawn):
        if before.box and after.box:
            across, down = after.box[0] - before.box[0], after.box[1] - before.box[1]
            steps[abs(across) >= abs(down)] += 1
    return steps[True] >= steps[False]


def _is_recognized_scan(page: pdfium.PdfPage) -> bool:
    width, height = page.get_size()
    covered, modes = 0.0, Counter[bool]()
    for count, thing in enumerate(page.get_objects(max_depth=3)):
        if count > MAX_OBJECTS:
            break
        if thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            covered = max(covered, (right - left) * (top - bottom) / (width * height))
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            mode = pdfium_c.FPDFTextObj_GetTextRenderMode(thing.raw)
            modes[mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE] += 1
    return covered > SCAN_COVER and modes[True] >= modes[False]


def _is_written_on(page: pdfium.PdfPage) -> bool:
    """Filled form fields and typed notes are shown, but are no part of the text layer."""
    for index in range(min(MAX_OBJECTS, pdfium_c.FPDFPage_GetAnnotCount(page.raw))):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        filled = kind == pdfium_c.FPDF_ANNOT_WIDGET and pdfium_c.FPDFAnnot_HasKey(annotation, b"V")
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if filled or kind == pdfium_c.FPDF_ANNOT_FREETEXT:
            return True
    return False


def _unexplained(page: pdfium.PdfPage, drawn: list[Glyph], width: int, height: int) -> float:
    """Share of the page's strong edges that lie outside all glyphs."""
    ratio = LOOK_SIDE / max(width, height)
    edges = _edges(_look(page, ratio * width / page.get_size()[0]))
    total = int(edges.sum())
    if not total:
        return 0.0
    for glyph in drawn:
        if glyph.box:
            left, top, right, bottom = (round(side * ratio) for side in glyph.box)
            edges[max(0, top - 2) : bottom + 3, max(0, left - 2) : right + 3] = False
    return float(edges.sum()) / total


def _look(page: pdfium.PdfPage, scale: float) -> Pixels:
    bitmap = page.render(scale=scale, grayscale=True)
    pixels = np.asarray(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width).copy()
    bitmap.close()
    return pixels


def _edges(gray: Pixels) -> NDArray[np.bool_]:
    """Ink edges without long rules, which frame tables and say nothing."""
    ink = (cv2.morphologyEx(gray, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 60).astype(
        np.uint8
    )
    for shape in ((1, 25), (25, 1)):
        rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        ink[rules > 0] = 0
    return ink.astype(bool)
