"""A file in, recognized pages out. Knows no Django; the seam between jobs and recognition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np

from app.engines.base import EngineConfig
from app.ocr.barcodes import read_barcodes
from app.ocr.errors import OcrError
from app.ocr.images import PDF, SourceFile
from app.ocr.options import Options
from app.ocr.page_ranges import select_pages
from app.ocr.picture_sizes import strip_count
from app.ocr.prepare.geometry import turned
from app.ocr.remarks import joined
from app.ocr.result import Page
from app.ocr.source import Limits, PageImage, Source, open_source
from app.ocr.source.base import Pixels
from app.ocr.source.preview import encode_previews

from .line_check import read_line
from .own_text import OwnText
from .page_reader import PageReader
from .remarks import unread_page, with_remarks


@dataclass(frozen=True, slots=True)
class DecodedPage:
    file: SourceFile
    number: int
    image: PageImage


class Recognizer:
    """Keeps engines loaded; used by one thread of one process, which may be killed at any time."""

    def __init__(self, config: EngineConfig) -> None:
        self.limits = Limits(config.max_pixels, config.max_pages)
        self.reader = PageReader(config)
        self._decoded: DecodedPage | None = None

    def warm_up(self) -> None:
        """Load the configured default engine by reading a drawn line. Raises OcrError."""
        engine = self.reader.config.default_engine
        if engine:
            self.reader.read(PageImage(_drawn_line()), Options(engine=engine))

    def page_numbers(self, file: SourceFile, options: Options) -> tuple[int, ...]:
        """Selected pages, from 1. Raises OcrError."""
        with self._open(file) as source:
            return select_pages(options.pages, source.page_count, self.limits.max_pages)

    def recognize(self, file: SourceFile, number: int, options: Options) -> Page:
        """One recognized page, with boxes in pixels of the upright page. Raises OcrError.

        If it was decoded, its pixels are kept for previews() of the same page.
        """
        self._decoded = None
        with self._open(file) as source:
            numbers = select_pages(options.pages, source.page_count, self.limits.max_pages)
            files = source.attachments if number == numbers[0] else ()
            try:
                files += source.attached_to_page(number)
                page = self._recognize(source, file, number, options)
            except OcrError as error:
                return unread_page(number, error, source)
            return with_remarks(page, source, files)

    def _recognize(self, source: Source, file: SourceFile, number: int, options: Options) -> Page:
        page, flaw = self._own_text.page(source, number, options)
        if page is None or options.barcodes:
            image = source.page_image(number)
            self._decoded = DecodedPage(file, number, image)
        if page is None and options.pdf_text == "only" and file.media_type == PDF:
            height, width = image.pixels.shape[:2]
            reason = flaw or "no sound text layer"
            return Page(number, width, height, dpi=image.dpi, reason=reason)
        if page is None:
            page = self.reader.read(image, options)
            reason = joined(flaw, page.reason)
            page = replace(page, number=number, dpi=image.dpi, reason=reason)
        if options.barcodes:
            pixels = turned(image.pixels, page.rotation)
            page = replace(page, barcodes=read_barcodes(pixels, image.reduction))
        return page

    @property
    def has_pixels(self) -> bool:
        """Whether previews() of the page that was recognized last need not decode it again."""
        return self._decoded is not None

    def previews(
        self, file: SourceFile, number: int, *, rotation: int, size: tuple[int, int]
    ) -> list[bytes]:
        """The upright page as encode_previews() gives it. size: the page's in the result tree."""
        strips = strip_count(*size)
        decoded, self._decoded = self._decoded, None
        if decoded and (decoded.file, decoded.number) == (file, number):
            image = decoded.image
        else:
            with self._open(file) as source:
                image = source.preview_image(number, strips)
        return encode_previews(image, rotation=rotation, strips=strips)

    def _open(self, file: SourceFile) -> Source:
        return open_source(file.path, file.media_type, self.limits, file.password)

    @cached_property
    def _own_text(self) -> OwnText:
        def line(pixels: Pixels, script: str) -> str | None:
            return read_line(self.reader.auto, pixels, script)

        def picture(image: PageImage, options: Options) -> Page:
            return self.reader.read(image, options)

        return OwnText(line, picture)


def _drawn_line() -> Pixels:
    """Black on white, with letters of an ordinary size."""
    pixels = np.full((120, 640), 255, np.uint8)
    cv2.putText(pixels, "Ready to read this", (40, 70), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 2)
    return pixels
