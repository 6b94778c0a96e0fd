"""The matrix from a PDF page's points to the pixels of its picture."""

from __future__ import annotations

import ctypes

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

Matrix = NDArray[np.float64]  # (3, 3), for column vectors (x, y, 1)


def pixel_matrix(page: pdfium.PdfPage, width: int, height: int) -> Matrix:
    """From PDF points to pixels, as computed by PDFium, which respects crop boxes and rotation."""
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
