"""A page as a small picture for browsers: no metadata, never larger than asked for."""

from __future__ import annotations

import io

from PIL import Image

from .base import PageImage

JPEG_QUALITY = 80


def encode_preview(page: PageImage, *, rotation: int, max_side: int) -> bytes:
    """The page turned by rotation degrees clockwise, as JPEG, or PNG where that is smaller."""
    image = Image.fromarray(page.pixels)
    if rotation % 360:
        image = image.rotate(-rotation, expand=True)
    image.thumbnail((max_side, max_side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    jpeg = _encoded(image, "JPEG", quality=JPEG_QUALITY, progressive=True)
    png = _encoded(image, "PNG", compress_level=6)
    return min(jpeg, png, key=len)


def _encoded(image: Image.Image, kind: str, **settings: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **settings)
    return buffer.getvalue()
