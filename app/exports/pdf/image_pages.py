"""Pictures as PDF pages by img2pdf, which embeds them without decoding if PDF allows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import img2pdf
from PIL import ExifTags, Image

from app.exports.base import Part
from app.ocr.images import PDF
from app.ocr.source import NO_LIMITS, PageImage, open_source
from app.ocr.source.raster import BELIEVABLE_DPI, decoder_errors

from .metadata import without_metadata

# PDF has filters for these formats, so that img2pdf can copy the compressed data.
EMBEDDABLE = ("image/jpeg", "image/png", "image/jp2", "image/tiff")
# Page rotation for EXIF orientations; the missing ones are mirrored.
ROTATIONS = {
    1: img2pdf.Rotation["0"],
    3: img2pdf.Rotation["180"],
    6: img2pdf.Rotation["90"],
    8: img2pdf.Rotation["270"],
}
# Errors for transparency, rare pixel formats, or a broken container of a readable picture.
REFUSED = (
    img2pdf.AlphaChannelError,
    img2pdf.ImageOpenError,
    img2pdf.JpegColorspaceError,
    img2pdf.NegativeDimensionError,
    img2pdf.UnsupportedColorspaceError,
    NotImplementedError,
)
POINTS_PER_INCH = 72
# Longer side of a page of unknown resolution, in points: A4.
LONG_SIDE = 842
JPEG_QUALITY = 90
PNG_LEVEL = 3


def picture_pdf(part: Part, path: Path, *, archival: bool) -> bytes:
    """A PDF with one page for each picture or page of the file.

    archival: avoid features that PDF/A-2 restricts. Raises OcrError for undecodable files.
    """
    dpi = next((page.dpi for page in part.pages if page.dpi), None)
    rotation = _embedded_rotation(part, path, archival=archival)
    if rotation is not None:
        try:
            return _convert([without_metadata(path.read_bytes(), part.media_type)], rotation, dpi)
        except REFUSED:
            pass
    return _convert([*_decoded(part, path)], ROTATIONS[1], dpi)


def _embedded_rotation(part: Part, path: Path, *, archival: bool) -> img2pdf.Rotation | None:
    """Rotation that turns the embedded data upright; None if the picture must be decoded."""
    if part.media_type not in EMBEDDABLE:
        return None
    with decoder_errors(), Image.open(path) as image:
        # PDF/A-2 allows only colors of its output intent, and few kinds of JPEG 2000.
        if archival and (image.mode == "CMYK" or part.media_type == "image/jp2"):
            return None
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    # Values outside 1 to 8 are invalid, and readers ignore them.
    return ROTATIONS.get(orientation) if orientation in range(1, 9) else ROTATIONS[1]


def _decoded(part: Part, path: Path) -> Iterator[bytes]:
    """Every page as an embeddable file: lossless, but JPEG for a rendered PDF."""
    with open_source(path, part.media_type, NO_LIMITS, part.password) as source:
        for number in range(1, source.page_count + 1):
            yield _encoded(source.page_image(number), lossless=part.media_type != PDF)


def _encoded(page: PageImage, *, lossless: bool) -> bytes:
    buffer = io.BytesIO()
    image = Image.fromarray(page.pixels)
    dpi = {"dpi": (page.dpi, page.dpi)} if page.dpi else {}
    if lossless:
        image.save(buffer, "PNG", compress_level=PNG_LEVEL, **dpi)
    else:
        image.save(buffer, "JPEG", quality=JPEG_QUALITY, **dpi)
    return buffer.getvalue()


def _convert(pictures: list[bytes], rotation: img2pdf.Rotation, dpi: int | None) -> bytes:
    def layout(width: int, height: int, own: tuple[float, float]) -> tuple[float, ...]:
        size = _page_size(width, height, own, dpi)
        return *size, *size

    with decoder_errors():
        pdf: bytes = img2pdf.convert(
            pictures, rotation=rotation, layout_fun=layout, nodate=True, producer=""
        )
    return pdf


def _page_size(
    width: int, height: int, own: tuple[float, float], dpi: int | None
) -> tuple[float, float]:
    """Page size in points, from the picture's resolution, else `dpi`, else that of A4."""
    # 72 and 96 mean unknown: editors write them as placeholders, and img2pdf assumes 96.
    if all(round(value) in BELIEVABLE_DPI and round(value) not in (72, 96) for value in own):
        return width / own[0] * POINTS_PER_INCH, height / own[1] * POINTS_PER_INCH
    scale = POINTS_PER_INCH / dpi if dpi else LONG_SIDE / max(width, height)
    return width * scale, height * scale
