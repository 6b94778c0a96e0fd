"""Affine maps between the spaces of a PDF page: objects, forms, the page, its pixels.

Plain numbers, because numpy is slow for single points.
"""

from __future__ import annotations

import ctypes
import math
from typing import NamedTuple

import pypdfium2.raw as pdfium_c

from .matrix import Matrix

Box = tuple[float, float, float, float]  # left, top, right, bottom


class Affine(NamedTuple):
    """As in PDF: x' = a x + c y + e, y' = b x + d y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The upright box around the image of a box."""
        xs, ys = zip(
            self.point(x0, y0), self.point(x0, y1), self.point(x1, y0), self.point(x1, y1),
            strict=True,
        )  # fmt: skip
        return min(xs), min(ys), max(xs), max(ys)

    def after(self, first: Affine) -> Affine:
        """The map that applies first, then this one."""
        e, f = self.point(first.e, first.f)
        return Affine(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            e,
            f,
        )

    @property
    def scale(self) -> float:
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


IDENTITY = Affine(1, 0, 0, 1, 0, 0)


def affine(matrix: Matrix) -> Affine:
    (a, c, e), (b, d, f) = matrix[:2].tolist()
    return Affine(a, b, c, d, e, f)


def object_affine(drawn: ctypes.c_void_p) -> Affine:
    """The map from the space of an object, or the inside of a form, to the space it is drawn in."""
    values = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(drawn, values):
        return IDENTITY
    return Affine(values.a, values.b, values.c, values.d, values.e, values.f)
