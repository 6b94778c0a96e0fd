"""PDF pages through pypdfium2."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.ocr.errors import OcrError
from app.ocr.picture_sizes import preview_scale
from app.ocr.result import Bbox
from app.ocr.source.base import Limits, PageImage, Pixels, Source
from app.ocr.source.text_layer import TextLayer

from .annotations import flatten_annotations
from .contents import annotation_files, attachment_names, has_broken_picture
from .drawing import check_drawing
from .hidden import hidden_text
from .layer import PageSize, read_layer
from .objects import TextObject, taken_out, text_objects
from .turn import Turn

# Silences the warning for XFA: such forms are read by their AcroForm, as most viewers show them.
logging.getLogger("pypdfium2").setLevel(logging.ERROR)

POINTS_PER_INCH = 72
RENDER_DPI = 300
# The limit for pictures as well: A2 at 300 dpi, or A0 at 150, where 7-point notes are readable.
RENDER_PIXELS = 36_000_000
RENDER_SIDE = 20_000


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A loaded page whose annotations are part of its content; objects: its text by address."""

    page: pdfium.PdfPage
    size: PageSize
    objects: dict[int, TextObject]


class PdfSource(Source):
    def __init__(self, path: Path, limits: Limits, password: str = "") -> None:
        self.path, self.password = path, password
        self.limits = limits
        self.checked: set[int] = set()
        self.opened: dict[int, OpenPage] = {}
        self.document = _open(path, password)
        if len(self.document) < 1:
            raise OcrError("unreadable_image", "The PDF has no pages.")

    @property
    def page_count(self) -> int:
        return len(self.document)

    def page_image(self, number: int) -> PageImage:
        with self._loaded(number) as page:
            pixels = _render(page, render_dpi(*page.get_size()) / POINTS_PER_INCH)
            return PageImage(pixels, round(render_dpi(*page.get_size())))

    def preview_image(self, number: int, strips: int) -> PageImage:
        with self._loaded(number) as page:
            width, height = page.get_size()
            scale = render_dpi(width, height) / POINTS_PER_INCH
            return PageImage(_render(page, min(scale, preview_scale(width, height, strips))))

    def text_layer(self, number: int) -> TextLayer | None:
        self._close_pages()
        with self._loaded(number) as loaded:
            page, annotations = flatten_annotations(self.document, loaded, number - 1)
            opened = OpenPage(page, _size(page), text_objects(page))
            self.opened[number] = opened
            return read_layer(page, opened.objects, annotations, opened.size)

    def part(self, number: int, box: Bbox, rotation: int) -> Pixels:
        with self._loaded(number) as page:
            size = _size(page)
            turn = Turn(rotation, size.width, size.height)
            pixels = _render_part(page, size, turn.back().bbox(box))
            return np.ascontiguousarray(np.rot90(pixels, -rotation // 90))

    def remainder(self, number: int, layer: TextLayer) -> Pixels:
        with self._loaded(number) as page:
            fonts = {font for fonts in layer.piece_fonts for font in fonts}
            objects = self.opened[number].objects.values()
            read = [
                each
                for each in objects
                if each.font.number in fonts and each.number not in layer.unreadable
            ]
            with taken_out(read):
                pixels = _render(page, render_dpi(*page.get_size()) / POINTS_PER_INCH)
            return np.ascontiguousarray(np.rot90(pixels, -layer.rotation // 90))

    def hidden_text(self, number: int) -> list[bool]:
        """See app.ocr.source.pdf.hidden. Call before text_layer(), which adds notes to the page."""
        with self._loaded(number) as page:
            size = _size(page)
            return hidden_text(page, size.width, size.height)

    @property
    def attachments(self) -> tuple[str, ...]:
        return attachment_names(self.document)

    def attached_to_page(self, number: int) -> tuple[str, ...]:
        """Call before text_layer(), which removes the icons of annotations from the page."""
        with self._loaded(number) as page:
            return annotation_files(page)

    def has_broken_picture(self, number: int) -> bool:
        with self._loaded(number) as page:
            return has_broken_picture(page)

    @contextmanager
    def _loaded(self, number: int) -> Iterator[pdfium.PdfPage]:
        """The page for the duration of the context. Raises OcrError for a damaged one."""
        self.check_number(number)
        if number not in self.checked:
            # Before PDFium loads the page, because loading parses its drawing programs.
            check_drawing(self.path, self.password, number)
            self.checked.add(number)
        try:
            if number in self.opened:
                yield self.opened[number].page
            else:
                yield self.document[number - 1]
        except pdfium.PdfiumError as error:
            message = f"Page {number} of the PDF is damaged."
            raise OcrError("unreadable_image", message) from error

    def _close_pages(self) -> None:
        for opened in self.opened.values():
            opened.page.close()
        self.opened.clear()

    def close(self) -> None:
        self._close_pages()
        self.document.close()


def render_dpi(width: float, height: float) -> float:
    """Resolution for a page of this size in points: 300 dpi, or less for a large page."""
    if not (width > 0 and height > 0 and math.isfinite(width * height)):
        raise OcrError("unreadable_image", "The PDF page has no size.")
    by_area = math.sqrt(RENDER_PIXELS / (width * height)) * POINTS_PER_INCH
    by_side = RENDER_SIDE / max(width, height) * POINTS_PER_INCH
    return min(RENDER_DPI, by_area, by_side)


def _size(page: pdfium.PdfPage) -> PageSize:
    """The page's size in pixels, rounded as by the renderer."""
    dpi = render_dpi(*page.get_size())
    width, height = (math.ceil(side * (dpi / POINTS_PER_INCH)) for side in page.get_size())
    return PageSize(width, height, round(dpi))


def _render(page: pdfium.PdfPage, scale: float) -> Pixels:
    bitmap = page.render(scale=scale, may_draw_forms=True, rev_byteorder=True)
    pixels: Pixels = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
    bitmap.close()
    return pixels


def _render_part(page: pdfium.PdfPage, size: PageSize, box: Bbox) -> Pixels:
    """The box of the page, white where it extends beyond the edge."""
    bitmap = pdfium.PdfBitmap.new_native(box.width, box.height, pdfium_c.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, box.width, box.height)
    pdfium_c.FPDF_RenderPageBitmap(
        bitmap.raw, page.raw, -box.left, -box.top, size.width, size.height, 0,
        pdfium_c.FPDF_ANNOT | pdfium_c.FPDF_REVERSE_BYTE_ORDER,
    )  # fmt: skip
    pixels: Pixels = bitmap.to_numpy().copy()
    bitmap.close()
    return pixels


def _open(path: Path, password: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path, password=password or None)
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            document.init_forms()
        return document
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise _password_error(password) from None
        raise OcrError("unreadable_image", "The PDF is damaged and cannot be read.") from error


def _password_error(password: str) -> OcrError:
    if password:
        return OcrError("wrong_password", "The password does not open this PDF.")
    return OcrError("password_required", "This PDF is encrypted; send its password.")
