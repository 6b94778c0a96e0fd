"""Picture files read by Pillow, only with the decoder for the media type that was detected."""

from __future__ import annotations

import math
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from app.ocr.errors import OcrError
from app.ocr.images import PAGED

from .base import Limits, PageImage, Source
from .flatten import to_eight_bits
from .reduction import reduced
from .square_pixels import stretch_of, stretched

FORMATS = {
    "image/jpeg": ("JPEG",),
    "image/png": ("PNG",),
    "image/gif": ("GIF",),
    "image/bmp": ("BMP", "DIB"),
    "image/webp": ("WEBP",),
    "image/avif": ("AVIF",),
    "image/heic": ("HEIF",),
    "image/jp2": ("JPEG2000",),
    "image/tiff": ("TIFF",),
    "image/x-portable-anymap": ("PPM",),
}
# An A4 page at 600 dpi has 35 million pixels; no letter needs more.
WORKING_PIXELS = 36_000_000
BELIEVABLE_DPI = range(50, 2401)

DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    RuntimeError,
    OverflowError,
    ZeroDivisionError,
    MemoryError,
    struct.error,
)


class RasterSource(Source):
    def __init__(self, path: Path, media_type: str, limits: Limits) -> None:
        if media_type == "image/heic":
            _register_heif()
        self.limits = limits
        with decoder_errors():
            self.image = Image.open(path, formats=FORMATS[media_type])
            self.frames = int(getattr(self.image, "n_frames", 1)) if media_type in PAGED else 1

    @property
    def page_count(self) -> int:
        return self.frames

    def page_image(self, number: int) -> PageImage:
        self.check_number(number)
        with decoder_errors():
            self.image.seek(number - 1)
            self.limits.check_pixels(*self.image.size)
            longer, dpi = max(self.image.size), _dpi(self.image)
            factors = stretch_of(self.image)
            picture = _decoded(self.image)
            reduction = longer / max(picture.size)
            picture = to_eight_bits(picture)
            if picture.width * picture.height * max(factors) <= WORKING_PIXELS:
                picture = stretched(picture, factors)
            return PageImage(np.asarray(picture), dpi, reduction)

    def close(self) -> None:
        self.image.close()


@contextmanager
def decoder_errors() -> Iterator[None]:
    """Turns Pillow's exceptions for broken files into OcrError(unreadable_image)."""
    try:
        with warnings.catch_warnings(), _without_pillows_limit():
            warnings.simplefilter("ignore")
            yield
    except UnidentifiedImageError:
        raise OcrError("unreadable_image", "The picture is damaged and cannot be read.") from None
    except DECODER_ERRORS as error:
        detail = str(error).split("\n")[0][:120]
        message = (
            f"The picture is damaged or cut short ({detail})."
            if detail
            else "The picture is damaged."
        )
        raise OcrError("unreadable_image", message) from error


@contextmanager
def _without_pillows_limit() -> Iterator[None]:
    """Limits.check_pixels replaces it: before anything is decoded, with the site's own limit."""
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _register_heif() -> None:
    from pillow_heif import register_heif_opener

    register_heif_opener()


def _decoded(image: Image.Image) -> Image.Image:
    """The upright picture, shrunk by a whole number until it has at most WORKING_PIXELS."""
    if (factor := _reduction(image)) > 1:
        # A JPEG decoder can halve or quarter while it decodes; the others ignore this.
        image.draft(None, (image.width // factor, image.height // factor))
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    return reduced(image, _reduction(image))


def _reduction(image: Image.Image) -> int:
    return math.ceil(math.sqrt(image.width * image.height / WORKING_PIXELS))


def _dpi(image: Image.Image) -> int | None:
    try:
        dpi = round(float(image.info["dpi"][1]))
    except (KeyError, TypeError, ValueError, IndexError, OverflowError, ZeroDivisionError):
        return None
    # Editors write 72 or 96 when they do not know the resolution.
    return dpi if dpi in BELIEVABLE_DPI and dpi not in (72, 96) else None
