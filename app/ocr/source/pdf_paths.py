"""Rules, filled areas and pictures that a PDF page draws, in pixels of the page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.ocr.layout.elements import Fill, Rule
from app.ocr.layout.tables.drawings import clusters
from app.ocr.result import Bbox

from .pdf_matrix import Matrix, box_through, object_matrix, pixel_matrix
from .pdf_subpaths import Subpath, read_subpaths

Box = tuple[float, float, float, float]
Graphics = tuple[tuple[Rule, ...], tuple[Fill, ...], tuple[Bbox, ...]]

# A page that draws more than this is a map or an attack; what was found until then is given.
MAX_OBJECTS = 20_000
MAX_SEGMENTS = 60_000
MAX_DEPTH = 8
# In points: thicker ones are areas, shorter ones are no rules but dots and dashes.
RULE_THICKNESS = 4.0
RULE_LENGTH = 1.5
FILL_SIDE = 4.0
PICTURE_SIDE = 12.0
# Drawings: most curves looked at, distance and least number of parts, least side.
MAX_SLANTED = 2000
DRAWING_GAP = 9.0
DRAWING_PARTS = 3
DRAWING_SIDE = 40.0
PAGE_SHARE = 0.6
WHITE = 250


def page_graphics(page: pdfium.PdfPage, width: int, height: int) -> Graphics:
    """What is drawn on the page besides text, for a picture of it of that many pixels.

    Forms are followed, clips cut by their bounding boxes; curves and slanted lines are left out.
    """
    walk = _Walk(pixel_matrix(page, width, height), (0.0, 0.0, float(width), float(height)))
    walk.page(page)
    pictures = walk.pictures + walk.drawings()
    return tuple(walk.rules), tuple(walk.fills), tuple(pictures)


@dataclass
class _Walk:
    """Goes through a page's objects in drawing order. matrix: page to pixels."""

    matrix: Matrix
    page_box: Box
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    pictures: list[Bbox] = field(default_factory=list)
    slanted: list[Bbox] = field(default_factory=list)
    objects_left: int = MAX_OBJECTS
    segments_left: int = MAX_SEGMENTS

    def __post_init__(self) -> None:
        self.scale = float(np.sqrt(abs(np.linalg.det(self.matrix[:2, :2]))))

    def page(self, page: pdfium.PdfPage) -> None:
        count = pdfium_c.FPDFPage_CountObjects(page.raw)
        drawn = (pdfium_c.FPDFPage_GetObject(page.raw, index) for index in range(count))
        self._objects(drawn, self.matrix, self.page_box, 0)

    def _objects(
        self, drawn: Iterator[ctypes.c_void_p], matrix: Matrix, clip: Box, depth: int
    ) -> None:
        for each in drawn:
            self.objects_left -= 1
            if self.objects_left < 0 or self.segments_left < 0:
                return
            kind = pdfium_c.FPDFPageObj_GetType(each)
            if kind == pdfium_c.FPDF_PAGEOBJ_TEXT or not _is_active(each):
                continue
            seen = _common(self._clipped(each, matrix), clip)
            if seen is None:
                continue
            if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
                self._path(each, matrix, seen)
            elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                self._form(each, matrix, seen, depth)
            elif kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING):
                self._area(each, kind, matrix, seen)

    def _clipped(self, drawn: ctypes.c_void_p, matrix: Matrix) -> Box | None:
        """The part of the page the object may paint, as far as its own clip says."""
        path = pdfium_c.FPDFPageObj_GetClipPath(drawn)
        count = pdfium_c.FPDFClipPath_CountPaths(path) if path else 0
        seen: Box | None = self.page_box
        for index in range(max(count, 0)):
            seen = _common(seen, self._clip_box(path, index, matrix))
        return seen

    def _clip_box(self, path: ctypes.c_void_p, index: int, matrix: Matrix) -> Box | None:
        count = pdfium_c.FPDFClipPath_CountPathSegments(path, index)
        self.segments_left -= count
        if count <= 0 or self.segments_left < 0:
            return self.page_box
        points = np.ones((3, count))
        x, y = ctypes.c_float(), ctypes.c_float()
        for number in range(count):
            segment = pdfium_c.FPDFClipPath_GetPathSegment(path, index, number)
            pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
            points[:2, number] = x.value, y.value
        xs, ys = (matrix @ points)[:2]
        return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())

    def _form(self, form: ctypes.c_void_p, matrix: Matrix, clip: Box, depth: int) -> None:
        count = pdfium_c.FPDFFormObj_CountObjects(form)
        drawn = (pdfium_c.FPDFFormObj_GetObject(form, index) for index in range(max(count, 0)))
        self._objects(drawn, matrix @ object_matrix(form), clip, depth + 1)

    def _area(self, drawn: ctypes.c_void_p, kind: int, matrix: Matrix, clip: Box) -> None:
        """A picture, or a shading, which is a band of changing colour."""
        box = _common(_bounds(drawn, matrix), clip)
        if box is None:
            return
        short = min(box[2] - box[0], box[3] - box[1]) / self.scale
        if short <= RULE_THICKNESS:
            self._rule(box)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE and short >= PICTURE_SIDE:
            self.pictures.append(_pixels(box))
        elif kind == pdfium_c.FPDF_PAGEOBJ_SHADING:
            self.fills.append(Fill(_pixels(box), 128))

    def _path(self, path: ctypes.c_void_p, matrix: Matrix, clip: Box) -> None:
        bounds = _common(_bounds(path, matrix), clip)
        if bounds is None:
            return
        filling, stroked = _paint(path)
        gray = _gray(path, pdfium_c.FPDFPageObj_GetFillColor) if filling else None
        ink = _gray(path, pdfium_c.FPDFPageObj_GetStrokeColor) if stroked else None
        if gray is None and ink is None:
            return
        count = pdfium_c.FPDFPath_CountSegments(path)
        self.segments_left -= count
        if self.segments_left < 0:
            return
        whole = matrix @ object_matrix(path)
        pen = _pen(path, whole)
        for subpath in read_subpaths(path, count, whole):
            if not subpath.is_straight and not subpath.is_box:
                self._slanted(subpath, clip)
            if gray is not None:
                self._filled(subpath, gray, clip)
            if ink is not None:
                self._stroked(subpath, ink, pen, clip)

    def _slanted(self, subpath: Subpath, clip: Box) -> None:
        """Curves and slanted lines are parts of drawings, unless they decorate the whole page."""
        box = _common(subpath.box, clip)
        if box is None or len(self.slanted) >= MAX_SLANTED:
            return
        width, height = box[2] - box[0], box[3] - box[1]
        page_width, page_height = self.page_box[2:]
        if width < PAGE_SHARE * page_width or height < PAGE_SHARE * page_height:
            self.slanted.append(_pixels(box))

    def drawings(self) -> list[Bbox]:
        """Areas of several curves or slanted lines close to each other."""
        near = DRAWING_GAP * self.scale
        side = DRAWING_SIDE * self.scale
        areas = [
            Bbox.around(group)
            for group in clusters(self.slanted, near)
            if len(group) >= DRAWING_PARTS
        ]
        return [area for area in areas if min(area.width, area.height) >= side]

    def _filled(self, subpath: Subpath, gray: int, clip: Box) -> None:
        box = _common(subpath.box, clip)
        if box is None:
            return
        short = min(box[2] - box[0], box[3] - box[1]) / self.scale
        if short <= RULE_THICKNESS:
            if gray < WHITE or self._is_on_colour(box):
                self._rule(box)
        elif subpath.is_box and short >= FILL_SIDE:
            self.fills.append(Fill(_pixels(box), gray))

    def _stroked(self, subpath: Subpath, gray: int, pen: float, clip: Box) -> None:
        if pen / self.scale > RULE_THICKNESS:
            self._thick(subpath, gray, pen, clip)
            return
        for x0, y0, x1, y1 in subpath.straight:
            box = _common((x0 - pen / 2, y0 - pen / 2, x1 + pen / 2, y1 + pen / 2), clip)
            if box is not None and (gray < WHITE or self._is_on_colour(box)):
                self._rule(box)

    def _thick(self, subpath: Subpath, gray: int, pen: float, clip: Box) -> None:
        """Bands of colour may be drawn as one stroke as thick as the row is high."""
        for x0, y0, x1, y1 in subpath.straight:
            across = x1 - x0 >= y1 - y0
            sideways, upward = (0.0, pen / 2) if across else (pen / 2, 0.0)
            box = _common((x0 - sideways, y0 - upward, x1 + sideways, y1 + upward), clip)
            if box is not None:
                self.fills.append(Fill(_pixels(box), gray))

    def _rule(self, box: Box) -> None:
        if max(box[2] - box[0], box[3] - box[1]) >= RULE_LENGTH * self.scale:
            self.rules.append(Rule(_pixels(box)))

    def _is_on_colour(self, box: Box) -> bool:
        """White lines are seen on coloured areas only; looks at the last few of these."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for fill in reversed(self.fills[-200:]):
            left, top, right, bottom = fill.bbox
            if left <= x <= right and top <= y <= bottom:
                return fill.gray < WHITE
        return False


def _is_active(drawn: ctypes.c_void_p) -> bool:
    """Not taken out of the page; layers that are off count as active."""
    active = ctypes.c_int()
    return not pdfium_c.FPDFPageObj_GetIsActive(drawn, active) or bool(active.value)


def _paint(path: ctypes.c_void_p) -> tuple[bool, bool]:
    """Whether the path is filled, and whether it is stroked."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium_c.FPDFPath_GetDrawMode(path, mode, stroke):
        return False, False
    return mode.value != pdfium_c.FPDF_FILLMODE_NONE, bool(stroke.value)


def _gray(path: ctypes.c_void_p, getter: object) -> int | None:
    """Brightness, or None for paint that cannot be seen."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not getter(path, red, green, blue, alpha) or alpha.value < 8:  # type: ignore[operator]
        return None
    bright = 0.299 * red.value + 0.587 * green.value + 0.114 * blue.value
    return round(255 + (bright - 255) * alpha.value / 255)


def _pen(path: ctypes.c_void_p, matrix: Matrix) -> float:
    width = ctypes.c_float()
    pdfium_c.FPDFPageObj_GetStrokeWidth(path, width)
    return max(1.0, width.value * float(np.sqrt(abs(np.linalg.det(matrix[:2, :2])))))


def _bounds(drawn: ctypes.c_void_p, matrix: Matrix) -> Box | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium_c.FPDFPageObj_GetBounds(drawn, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return box_through(matrix, (left, bottom, right, top))  # type: ignore[return-value]


def _common(one: Box | None, other: Box | None) -> Box | None:
    """Where both are; a line has no area, so touching is enough."""
    if one is None or other is None:
        return None
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[2], other[2]), min(one[3], other[3])
    return (left, top, right, bottom) if left <= right and top <= bottom else None


def _pixels(box: Box) -> Bbox:
    left, top = round(box[0]), round(box[1])
    return Bbox(left, top, max(left + 1, round(box[2])), max(top + 1, round(box[3])))

