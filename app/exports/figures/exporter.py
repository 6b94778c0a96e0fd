"""Pictures of a document's figures, cut out of its pages, in a ZIP."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import IO

from PIL import Image

from app.exports.base import Document, Exporter, ExportOptions, Part
from app.ocr.images import PDF
from app.ocr.layout.figures import figures_of
from app.ocr.prepare.geometry import turned
from app.ocr.result import Bbox, Page
from app.ocr.source import NO_LIMITS, Source, open_source
from app.ocr.source.base import Pixels

from . import figure_name

# Longest side of a picture, in pixels.
SIDE = 1600
JPEG_QUALITY = 85
# Limits per document; further figures are left out.
MOST_FIGURES, MOST_BYTES = 500, 50_000_000
# Page and figure number.
Place = tuple[int, int]


class FiguresExporter(Exporter):
    name = "figures"
    title = "Figures (ZIP of pictures)"
    media_type = "application/zip"
    extension = "figures.zip"
    opens_source = True

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        """Writes JPEG, or PNG with options.lossless.

        Raises OcrError(source_missing) and the errors of opening the file.
        """
        left = MOST_BYTES
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for place, pixels in islice(_pictures(document), MOST_FIGURES):
                data = _encoded(pixels, lossless=options.lossless)
                left -= len(data)
                if left < 0:
                    return
                archive.writestr(figure_name(*place, lossless=options.lossless), data)


def _pictures(document: Document) -> Iterator[tuple[Place, Pixels]]:
    first = 1
    for part in document.parts:
        pages = [page for page in part.final_pages if page.figures]
        if pages:
            with _opened(part) as source:
                for page in pages:
                    number = page.number if len(document.parts) == 1 else first + page.number - 1
                    yield from _of_page(source, part, page, number)
        first += len(part.pages)


def _opened(part: Part) -> Source:
    return open_source(part.uploaded_file, part.media_type, NO_LIMITS, part.password)


def _of_page(source: Source, part: Part, page: Page, number: int) -> Iterator[tuple[Place, Pixels]]:
    """The page's figures. Of a PDF only the figures are rendered, which is cheaper."""
    image = None if part.media_type == PDF else source.page_image(page.number)
    for figure in figures_of(page):
        if image is None:
            pixels = source.part(page.number, figure.bbox, page.rotation)
        else:
            pixels = _cut(turned(image.pixels, page.rotation), figure.bbox, image.reduction)
        if pixels.size:
            yield (number, figure.number), pixels


def _cut(pixels: Pixels, box: Bbox, reduction: float) -> Pixels:
    left, top, right, bottom = (round(side / reduction) for side in box)
    return pixels[top:bottom, left:right]


def _encoded(pixels: Pixels, *, lossless: bool) -> bytes:
    image = Image.fromarray(pixels)
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    buffer = io.BytesIO()
    if lossless:
        image.save(buffer, "PNG")
    else:
        image.save(buffer, "JPEG", quality=JPEG_QUALITY)
    return buffer.getvalue()
