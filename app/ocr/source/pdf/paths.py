"""Rules, filled areas and pictures that a PDF page draws, in pixels of the page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.ocr.layout.elements import Fill, Rule
from app.ocr.layout.tables.ruled.drawings import clusters
from app.ocr.result import Bbox

from .affine import Affine, Box, affine, object_affine
from .matrix import pixel_matrix
from .subpaths import Subpath, read_subpaths


class Graphics(NamedTuple):
    """pictures: areas of pictures and drawings. marks: small shapes about as wide as high."""

    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    pictures: tuple[Bbox, ...]
    marks: tuple[Bbox, ...]


# A page that draws more than this is a map or an attack; the rest is ignored.
MAX_OBJECTS = 20_000
MAX_SEGMENTS = 60_000
MAX_DEPTH = 8
# In points: thicker lines are areas, shorter ones are dots.
RULE_THICKNESS = 4.0
RULE_LENGTH = 1.5
PICTURE_SIDE = 12.0
WHITE = 250
# Less opaque paint (of 255) cannot be seen.
OPAQUE = 8
# Number of fills, the last ones drawn, that are searched for the colour below a white line.
GROUNDS = 200
# Drawings: most curves counted, distance and least number of pieces, least side in points.
MAX_SLANTED = 2000
DRAWING_GAP = 9.0
DRAWING_PIECES = 3
DRAWING_SIDE = 40.0
PAGE_SHARE = 0.6
# Marks: sides in points, and the shorter one as a share of the longer.
MARK_SIDES, MARK_SHAPE = (1.0, 10.0), 0.8
# A shading counts as this gray; its colours are ignored.
SHADING_GRAY = 128


def page_graphics(page: pdfium.PdfPage, width: int, height: int) -> Graphics:
    """Everything drawn besides text, in pixels of a picture of the page of this size.

    Forms are followed; clips apply by their bounding boxes. Curves and slanted lines make pictures
    where several are close together.
    """
    matrix = affine(pixel_matrix(page, width, height))
    walk = _Walk(matrix, (0.0, 0.0, float(width), float(height)))
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    drawn = (pdfium_c.FPDFPage_GetObject(page.raw, index) for index in range(count))
    walk.objects(drawn, walk.matrix, walk.page_box, 0)
    pictures = tuple(walk.pictures + walk.drawings())
    return Graphics(tuple(walk.rules), tuple(walk.fills), pictures, tuple(walk.marks))


@dataclass
class _Walk:
    """Goes through a page's objects in drawing order. matrix: page to pixels."""

    matrix: Affine
    page_box: Box
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    pictures: list[Bbox] = field(default_factory=list)
    slanted: list[Bbox] = field(default_factory=list)
    marks: list[Bbox] = field(default_factory=list)
    objects_left: int = field(default_factory=lambda: MAX_OBJECTS)
    segments_left: int = field(default_factory=lambda: MAX_SEGMENTS)

    def __post_init__(self) -> None:
        self.scale = max(self.matrix.scale, 1e-6)

    def objects(
        self, drawn: Iterator[ctypes.c_void_p], matrix: Affine, clip: Box, depth: int
    ) -> None:
        for each in drawn:
            self.objects_left -= 1
            if self.objects_left < 0 or self.segments_left < 0:
                return
            kind = pdfium_c.FPDFPageObj_GetType(each)
            if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                continue
            seen = _common(self._clip(each, matrix), clip)
            if seen is None:
                continue
            if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
                self._path(each, matrix, seen)
            elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                self._form(each, matrix, seen, depth)
            elif kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING):
                self._area(each, kind, matrix, seen)

    def _form(self, form: ctypes.c_void_p, matrix: Affine, clip: Box, depth: int) -> None:
        count = max(0, pdfium_c.FPDFFormObj_CountObjects(form))
        drawn = (pdfium_c.FPDFFormObj_GetObject(form, index) for index in range(count))
        self.objects(drawn, matrix.after(object_affine(form)), clip, depth + 1)

    def _clip(self, drawn: ctypes.c_void_p, matrix: Affine) -> Box | None:
        """The part of the page that the object may paint according to its own clip."""
        path = pdfium_c.FPDFPageObj_GetClipPath(drawn)
        count = pdfium_c.FPDFClipPath_CountPaths(path) if path else 0
        seen: Box | None = self.page_box
        for index in range(max(count, 0)):
            seen = _common(seen, self._clip_box(path, index, matrix))
        return seen

    def _clip_box(self, path: ctypes.c_void_p, index: int, matrix: Affine) -> Box | None:
        count = pdfium_c.FPDFClipPath_CountPathSegments(path, index)
        self.segments_left -= max(count, 0)
        if count <= 0 or self.segments_left < 0:
            return self.page_box
        x, y = ctypes.c_float(), ctypes.c_float()
        points = []
        for number in range(count):
            segment = pdfium_c.FPDFClipPath_GetPathSegment(path, index, number)
            pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(matrix.point(x.value, y.value))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    def _area(self, drawn: ctypes.c_void_p, kind: int, matrix: Affine, clip: Box) -> None:
        """A picture, or a shading, which is a band of changing colour."""
        box = _common(_bounds(drawn, matrix), clip)
        if box is None:
            return
        short = self._short(box)
        if short <= RULE_THICKNESS:
            self._rule(box)
        elif kind == pdfium_c.FPDF_PAGEOBJ_SHADING:
            self.fills.append(Fill(_pixels(box), SHADING_GRAY))
        elif short >= PICTURE_SIDE:
            self.pictures.append(_pixels(box))

    def _path(self, path: ctypes.c_void_p, matrix: Affine, clip: Box) -> None:
        count = pdfium_c.FPDFPath_CountSegments(path)
        self.segments_left -= max(count, 0)
        if self.segments_left < 0 or _common(_bounds(path, matrix), clip) is None:
            return
        filled, stroked = _paint(path)
        gray = _gray(path, pdfium_c.FPDFPageObj_GetFillColor) if filled else None
        ink = _gray(path, pdfium_c.FPDFPageObj_GetStrokeColor) if stroked else None
        if gray is None and ink is None:
            return
        whole = matrix.after(object_affine(path))
        pen = _pen(path, whole)
        for subpath in read_subpaths(path, count, whole):
            if subpath.slanted and not subpath.is_box:
                self._slanted(subpath, clip)
            if min(tone for tone in (gray, ink) if tone is not None) < WHITE:
                self._mark(subpath, clip)
            if gray is not None:
                self._filled(subpath, gray, clip)
            if ink is not None:
                self._stroked(subpath, ink, pen, clip)

    def _slanted(self, subpath: Subpath, clip: Box) -> None:
        """Curves and slanted lines are parts of drawings, unless they decorate the whole page."""
        box = _common(subpath.box, clip)
        if box is None or len(self.slanted) >= MAX_SLANTED:
            return
        wide = box[2] - box[0] >= PAGE_SHARE * self.page_box[2]
        high = box[3] - box[1] >= PAGE_SHARE * self.page_box[3]
        if not (wide and high):
            self.slanted += [_pixels(box)] * min(subpath.slanted, DRAWING_PIECES)

    def _mark(self, subpath: Subpath, clip: Box) -> None:
        """A disc, a circle or a square, such as the bullet of a list."""
        box = _common(subpath.box, clip)
        if box is None or len(self.marks) >= MAX_SLANTED:
            return
        short, long = sorted((box[2] - box[0], box[3] - box[1]))
        if short >= MARK_SHAPE * long and MARK_SIDES[0] <= long / self.scale <= MARK_SIDES[1]:
            self.marks.append(_pixels(box))

    def drawings(self) -> list[Bbox]:
        """Areas of several curves or slanted lines close to each other."""
        areas = [
            Bbox.around(group)
            for group in clusters(self.slanted, DRAWING_GAP * self.scale)
            if len(group) >= DRAWING_PIECES
        ]
        return [area for area in areas if self._short(area) >= DRAWING_SIDE]

    def _filled(self, subpath: Subpath, gray: int, clip: Box) -> None:
        box = _common(subpath.box, clip)
        if box is None:
            return
        if self._short(box) <= RULE_THICKNESS:
            if gray < WHITE or self._is_on_colour(box):
                self._rule(box)
        elif subpath.is_box:
            self.fills.append(Fill(_pixels(box), gray))

    def _stroked(self, subpath: Subpath, gray: int, pen: float, clip: Box) -> None:
        """Rules; bands of colour may be drawn as one stroke as thick as the row is high."""
        for x0, y0, x1, y1 in subpath.straight:
            across = x1 - x0 >= y1 - y0
            sideways, upward = (0.0, pen / 2) if across else (pen / 2, 0.0)
            box = _common((x0 - sideways, y0 - upward, x1 + sideways, y1 + upward), clip)
            if box is None:
                continue
            if pen / self.scale > RULE_THICKNESS:
                self.fills.append(Fill(_pixels(box), gray))
            elif gray < WHITE or self._is_on_colour(box):
                self._rule(box)

    def _rule(self, box: Box) -> None:
        if max(box[2] - box[0], box[3] - box[1]) >= RULE_LENGTH * self.scale:
            self.rules.append(Rule(_pixels(box)))

    def _short(self, box: Box) -> float:
        """The shorter side in points."""
        return min(box[2] - box[0], box[3] - box[1]) / self.scale

    def _is_on_colour(self, box: Box) -> bool:
        """Whether a white line is visible here, that is, on a coloured area."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for fill in reversed(self.fills[-GROUNDS:]):
            left, top, right, bottom = fill.bbox
            if left <= x <= right and top <= y <= bottom:
                return fill.gray < WHITE
        return False


def _paint(path: ctypes.c_void_p) -> tuple[bool, bool]:
    """(is filled, is stroked)."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium_c.FPDFPath_GetDrawMode(path, mode, stroke):
        return False, False
    return mode.value != pdfium_c.FPDF_FILLMODE_NONE, bool(stroke.value)


def _gray(path: ctypes.c_void_p, colour_of: Callable[..., int]) -> int | None:
    """Brightness on white paper, or None for paint that cannot be seen."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not colour_of(path, red, green, blue, alpha) or alpha.value < OPAQUE:
        return None
    bright = 0.299 * red.value + 0.587 * green.value + 0.114 * blue.value
    return round(255 + (bright - 255) * alpha.value / 255)


def _pen(path: ctypes.c_void_p, matrix: Affine) -> float:
    width = ctypes.c_float()
    pdfium_c.FPDFPageObj_GetStrokeWidth(path, width)
    return max(1.0, width.value * matrix.scale)


def _bounds(drawn: ctypes.c_void_p, matrix: Affine) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
        return None
    return matrix.box(left.value, bottom.value, right.value, top.value)


def _common(one: Box | None, other: Box | None) -> Box | None:
    """The area of both; a line has no area, so touching is enough."""
    if one is None or other is None:
        return None
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[2], other[2]), min(one[3], other[3])
    return (left, top, right, bottom) if left <= right and top <= bottom else None


def _pixels(box: Box) -> Bbox:
    left, top = round(box[0]), round(box[1])
    return Bbox(left, top, max(left + 1, round(box[2])), max(top + 1, round(box[3])))
