"""The parts of a vector path: what of it is straight and what is a box, in pixels."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from .pdf_matrix import Matrix

Box = tuple[float, float, float, float]

# Lines that lean less than this many pixels are horizontal or vertical.
STRAIGHT = 1.5
# A box with rounded corners is still mostly straight.
BOX_SHARE = 0.6


@dataclass(frozen=True)
class Subpath:
    """points: (n, 2) in pixels. curved: (n - 1,) whether the piece up to the next one is curved."""

    points: NDArray[np.float64]
    curved: NDArray[np.bool_]

    @property
    def box(self) -> Box:
        left, top = self.points.min(axis=0)
        right, bottom = self.points.max(axis=0)
        return float(left), float(top), float(right), float(bottom)

    @property
    def straight(self) -> list[Box]:
        """Horizontal and vertical pieces as boxes without thickness."""
        lows, highs = self._pieces()
        return [(*low, *high) for low, high in zip(lows.tolist(), highs.tolist(), strict=True)]

    @property
    def is_box(self) -> bool:
        """Whether it outlines a rectangle, possibly with rounded corners."""
        left, top, right, bottom = self.box
        lows, highs = self._pieces()
        length = float((highs - lows).max(axis=1).sum()) if len(lows) else 0.0
        on_edge = (
            (np.abs(lows - (left, top)) < STRAIGHT) | (np.abs(highs - (right, bottom)) < STRAIGHT)
        ).any(axis=1)
        around = 2 * (right - left + bottom - top)
        return bool(on_edge.all()) and BOX_SHARE * around <= length <= 1.1 * around

    @property
    def is_straight(self) -> bool:
        """Whether all of it is horizontal or vertical."""
        lows, _ = self._pieces()
        return len(lows) == len(self.curved)

    def _pieces(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        start, end = self.points[:-1], self.points[1:]
        flat = (np.abs(end - start).min(axis=1) < STRAIGHT) & ~self.curved
        return np.minimum(start, end)[flat], np.maximum(start, end)[flat]


def read_subpaths(path: ctypes.c_void_p, count: int, matrix: Matrix) -> Iterator[Subpath]:
    """The path's subpaths, closed ones with their first point again at the end."""
    points: list[tuple[float, float]] = []
    curved: list[bool] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield _subpath(points, curved, matrix)
            points, curved = [], []
        else:
            curved.append(kind == pdfium_c.FPDF_SEGMENT_BEZIERTO)
        points.append((x.value, y.value))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
            curved.append(False)
    if len(points) > 1:
        yield _subpath(points, curved, matrix)


def _subpath(points: list[tuple[float, float]], curved: list[bool], matrix: Matrix) -> Subpath:
    moved = np.array(points) @ matrix[:2, :2].T + matrix[:2, 2]
    return Subpath(moved, np.array(curved[: len(points) - 1], dtype=bool))
