"""A file in, recognized pages out. Knows no Django; the seam between jobs and recognition."""

from __future__ import annotations

from dataclasses import replace

from app.engines.base import EngineConfig
from app.ocr.barcodes import read_barcodes
from app.ocr.images import PDF, SourceFile
from app.ocr.options import Options
from app.ocr.page_ranges import select_pages
from app.ocr.prepare.geometry import turned
from app.ocr.result import Page
from app.ocr.source import Limits, Source, open_source
from app.ocr.source.preview import encode_previews

from .page_reader import PageReader


class Recognizer:
    """Keeps engines loaded; used by one thread of one process, which may be killed at any time."""

    def __init__(self, config: EngineConfig) -> None:
        self.limits = Limits(config.max_pixels, config.max_pages)
        self.reader = PageReader(config)

    def page_numbers(self, file: SourceFile, options: Options) -> tuple[int, ...]:
        """Selected pages, from 1. Raises OcrError."""
        with self._open(file) as source:
            return select_pages(options.pages, source.page_count, self.limits.max_pages)

    def recognize(self, file: SourceFile, number: int, options: Options) -> Page:
        """One page, read; boxes are pixels of the upright page. Raises OcrError."""
        with self._open(file) as source:
            page = _text_layer(source, number, options)
            if page is None or options.barcodes:
                image = source.page_image(number)
        if page is None and options.pdf_text == "only" and file.media_type == PDF:
            height, width = image.pixels.shape[:2]
            return Page(number, width, height, dpi=image.dpi, reason="no sound text layer")
        if page is None:
            page = replace(self.reader.read(image, options), number=number, dpi=image.dpi)
        if options.barcodes:
            pixels = turned(image.pixels, page.rotation)
            page = replace(page, barcodes=read_barcodes(pixels, image.reduction))
        return page

    def previews(
        self, file: SourceFile, number: int, *, rotation: int, max_sides: tuple[int, ...]
    ) -> list[bytes]:
        """The upright page as one WebP for each of max_sides: the longer side in pixels."""
        with self._open(file) as source:
            page = source.page_image(number)
        return encode_previews(page, rotation=rotation, max_sides=max_sides)

    def _open(self, file: SourceFile) -> Source:
        return open_source(file.path, file.media_type, self.limits, file.password)


def _text_layer(source: Source, number: int, options: Options) -> Page | None:
    """The layer says nothing of regions or of a turned page, so those are always recognized."""
    if options.pdf_text == "ignore" or options.region or options.ignore or options.rotate:
        return None
    page = source.text_page(number)
    return page and replace(page, engine="pdf_text", reason="the page's own text is sound")
