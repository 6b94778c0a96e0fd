"""A page as pictures for browsers: WebP without metadata, never enlarged."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator

from PIL import Image

from app.ocr.picture_sizes import THUMBNAIL_SIDE, preview_scale

from .base import PageImage

# WebP is small for photos and for screenshots, so there is nothing to try. Effort 2 of 6: a
# third of JPEG's bytes saved for the time of two JPEGs; more effort saves next to nothing.
WEBP_QUALITY, WEBP_EFFORT = 75, 2


def encode_previews(page: PageImage, *, rotation: int, strips: int) -> list[bytes]:
    """The page turned by rotation degrees clockwise: its thumbnail, then its strips from the top.

    strips: strip_count() of the page in the pixels of its file.
    """
    image = Image.fromarray(page.pixels)
    if rotation % 360:
        image = image.rotate(-rotation, expand=True)
    image = _shrunk(image, preview_scale(*image.size, strips))
    pictures = [_encoded(strip) for strip in _strips(image, strips)]
    image.thumbnail((THUMBNAIL_SIDE,) * 2, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return [_encoded(image), *pictures]


def _shrunk(image: Image.Image, scale: float) -> Image.Image:
    if scale >= 1:
        return image
    width, height = (max(1, round(side * scale)) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _strips(image: Image.Image, count: int) -> Iterator[Image.Image]:
    edges = [round(number * image.height / count) for number in range(count + 1)]
    for top, bottom in itertools.pairwise(edges):
        yield image.crop((0, top, image.width, max(bottom, top + 1)))


def _encoded(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=WEBP_QUALITY, method=WEBP_EFFORT)
    return buffer.getvalue()
