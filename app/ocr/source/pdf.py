"""PDF pages through pypdfium2."""

from __future__ import annotations

import math
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.ocr.errors import OcrError
from app.ocr.result import Page

from .base import Limits, PageImage, Source
from .pdf_drawing import check_drawing
from .pdf_soundness import is_sound
from .pdf_text import blocks_of_glyphs, read_glyphs

POINTS_PER_INCH = 72
RENDER_DPI = 300
# An A3 page at 300 dpi is 17 million pixels; more detail than that helps no engine.
RENDER_PIXELS = 20_000_000
RENDER_SIDE = 20_000


class PdfSource(Source):
    def __init__(self, path: Path, limits: Limits, password: str = "") -> None:
        self.path, self.password = path, password
        self.limits = limits
        self.checked: set[int] = set()
        self.document = _open(path, password)
        if len(self.document) < 1:
            raise OcrError("unreadable_image", "The PDF has no pages.")

    @property
    def page_count(self) -> int:
        return len(self.document)

    def page_image(self, number: int) -> PageImage:
        self._check_page(number)
        try:
            page = self.document[number - 1]
            dpi = render_dpi(*page.get_size())
            bitmap = page.render(
                scale=dpi / POINTS_PER_INCH, may_draw_forms=True, rev_byteorder=True
            )
            pixels = bitmap.to_numpy()[:, :, :3].copy()
        except pdfium.PdfiumError as error:
            raise _damaged_page(number) from error
        bitmap.close()
        page.close()
        return PageImage(pixels, round(dpi))

    def text_page(self, number: int) -> Page | None:
        self._check_page(number)
        try:
            page = self.document[number - 1]
            dpi = render_dpi(*page.get_size())
            # As the renderer rounds.
            width, height = (math.ceil(side * (dpi / POINTS_PER_INCH)) for side in page.get_size())
            glyphs = list(read_glyphs(page, width, height))
            if not is_sound(page, glyphs, width, height):
                return None
        except pdfium.PdfiumError as error:
            raise _damaged_page(number) from error
        blocks = blocks_of_glyphs(glyphs)
        return Page(number, width, height, blocks, dpi=round(dpi), source="pdf_text")

    def _check_page(self, number: int) -> None:
        """Before PDFium loads the page, which is when it draws."""
        self.check_number(number)
        if number not in self.checked:
            check_drawing(self.path, self.password, number)
            self.checked.add(number)

    def close(self) -> None:
        self.document.close()


def render_dpi(width: float, height: float) -> float:
    """Resolution for a page of that many points: 300 dpi, less where it would grow too large."""
    if not (width > 0 and height > 0 and math.isfinite(width * height)):
        raise OcrError("unreadable_image", "The PDF page has no size.")
    by_area = math.sqrt(RENDER_PIXELS / (width * height)) * POINTS_PER_INCH
    by_side = RENDER_SIDE / max(width, height) * POINTS_PER_INCH
    return min(RENDER_DPI, by_area, by_side)


def _open(path: Path, password: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path, password=password or None)
        if document.get_formtype() == pdfium_c.FORMTYPE_ACRO_FORM:
            document.init_forms()
        return document
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise _password_error(password) from None
        raise OcrError("unreadable_image", "The PDF is damaged and cannot be read.") from error


def _damaged_page(number: int) -> OcrError:
    return OcrError("unreadable_image", f"Page {number} of the PDF is damaged.")


def _password_error(password: str) -> OcrError:
    if password:
        return OcrError("wrong_password", "The password does not open this PDF.")
    return OcrError("password_required", "This PDF is encrypted; send its password.")
