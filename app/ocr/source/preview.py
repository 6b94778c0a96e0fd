"""A page as small pictures for browsers: no metadata, never larger than asked for."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

from .base import PageImage

# WebP is small for photos and for screenshots, so there is nothing to try. Effort 2 of 6: a
# third of JPEG's bytes saved for the time of two JPEGs; more effort saves next to nothing.
WEBP_QUALITY, WEBP_EFFORT = 75, 2


def encode_previews(page: PageImage, *, rotation: int, max_sides: Sequence[int]) -> list[bytes]:
    """The page turned by rotation degrees clockwise, as one WebP for each of max_sides."""
    image = Image.fromarray(page.pixels)
    if rotation % 360:
        image = image.rotate(-rotation, expand=True)
    encoded = {}
    for side in sorted(max_sides, reverse=True):  # each is made of the next larger one
        image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
        encoded[side] = _encoded(image)
    return [encoded[side] for side in max_sides]


def _encoded(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=WEBP_QUALITY, method=WEBP_EFFORT)
    return buffer.getvalue()
