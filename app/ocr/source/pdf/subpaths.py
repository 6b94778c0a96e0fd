"""Subpaths of a vector path in pixels, with their straight pieces and whether they are boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2.raw as pdfium_c

from .affine import Affine, Box

# Lines that lean less than this many pixels are horizontal or vertical.
STRAIGHT = 1.5
# A box with rounded corners is still mostly straight.
BOX_SHARE = 0.6

Point = tuple[float, float]


class Subpath:
    """box: around it. straight: its horizontal and vertical pieces as boxes without thickness.

    slanted: number of its other pieces, curves among them.
    """

    __slots__ = ("box", "slanted", "straight")

    def __init__(self, points: list[Point], curved: list[bool]) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self.box: Box = (min(xs), min(ys), max(xs), max(ys))
        self.straight: list[Box] = []
        self.slanted = 0
        for ((x0, y0), (x1, y1)), bent in zip(pairwise(points), curved, strict=True):
            if not bent and (abs(x1 - x0) < STRAIGHT or abs(y1 - y0) < STRAIGHT):
                self.straight.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
            else:
                self.slanted += 1

    @property
    def is_box(self) -> bool:
        """True if it outlines a rectangle, possibly with rounded corners."""
        left, top, right, bottom = self.box
        length = 0.0
        for x0, y0, x1, y1 in self.straight:
            length += max(x1 - x0, y1 - y0)
            upright = x1 - x0 < STRAIGHT and min(x0 - left, right - x1) < STRAIGHT
            level = y1 - y0 < STRAIGHT and min(y0 - top, bottom - y1) < STRAIGHT
            if not (upright or level):
                return False
        around = 2 * (right - left + bottom - top)
        return BOX_SHARE * around <= length <= 1.1 * around


def read_subpaths(path: ctypes.c_void_p, count: int, matrix: Affine) -> Iterator[Subpath]:
    """The path's subpaths, closed ones with their first point again at the end."""
    points: list[Point] = []
    curved: list[bool] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield Subpath(points, curved)
            points, curved = [], []
        elif points:
            curved.append(kind == pdfium_c.FPDF_SEGMENT_BEZIERTO)
        points.append(matrix.point(x.value, y.value))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
            curved.append(False)
    if len(points) > 1:
        yield Subpath(points, curved)
