"""Affine matrices between the spaces of a PDF page: objects, forms, the page, its pixels."""

from __future__ import annotations

import ctypes

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

Matrix = NDArray[np.float64]  # (3, 3), for column vectors (x, y, 1)
IDENTITY: Matrix = np.eye(3)


def pixel_matrix(page: pdfium.PdfPage, width: int, height: int) -> Matrix:
    """From PDF points to pixels; pdfium itself knows about crop boxes and rotation."""
    fine, reach = 1000, 100.0

    def device(x: float, y: float) -> NDArray[np.float64]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(
            page.raw, 0, 0, width * fine, height * fine, 0, x, y, across, down
        )
        return np.array([across.value, down.value]) / fine

    origin = device(0, 0)
    horizontal, vertical = (device(reach, 0) - origin) / reach, (device(0, reach) - origin) / reach
    return np.vstack([np.column_stack([horizontal, vertical, origin]), [0, 0, 1]])


def object_matrix(drawn: ctypes.c_void_p) -> Matrix:
    """From the space of an object, or the inside of a form, to the space it is drawn in."""
    values = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(drawn, values):
        return IDENTITY
    return np.array(
        [[values.a, values.c, values.e], [values.b, values.d, values.f], [0.0, 0.0, 1.0]]
    )


def box_through(matrix: Matrix, box: tuple[float, float, float, float]) -> tuple[float, ...]:
    """The upright box around a box's image: (left, top, right, bottom)."""
    x0, y0, x1, y1 = box
    corners = np.array([[x0, x1, x0, x1], [y0, y0, y1, y1], [1, 1, 1, 1]])
    xs, ys = (matrix @ corners)[:2]
    return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())
