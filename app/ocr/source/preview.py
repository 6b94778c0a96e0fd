"""A page as pictures for browsers: WebP without metadata, never enlarged."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator

import cv2
import numpy as np
from PIL import Image

from app.ocr.picture_sizes import THUMBNAIL_SIDE, preview_scale
from app.ocr.prepare.geometry import turned

from .base import PageImage, Pixels

# WebP is small for photos and for screenshots, so other formats need no try. Effort 0 of 6 differs
# as little from the page as effort 2 at quality 75: half the time for a fifth more bytes.
WEBP_QUALITY, WEBP_EFFORT = 66, 0
# Below this scale, averaging looks the same as Lanczos and takes a third of the time.
AVERAGED = 0.75


def encode_previews(page: PageImage, *, rotation: int, strips: int) -> list[bytes]:
    """The page turned by rotation degrees clockwise: its thumbnail, then its strips from the top.

    strips: strip_count() of the page at the size in its file.
    """
    height, width = page.pixels.shape[:2]
    shrunk = _shrunk(page.pixels, preview_scale(width, height, strips))
    image = Image.fromarray(turned(shrunk, rotation))
    pictures = [_encoded(strip) for strip in _strips(image, strips)]
    image.thumbnail((THUMBNAIL_SIDE,) * 2, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return [_encoded(image), *pictures]


def _shrunk(pixels: Pixels, scale: float) -> Pixels:
    if scale >= 1:
        return pixels
    height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
    if scale < AVERAGED:
        return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA))
    image = Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS)
    return np.asarray(image)


def _strips(image: Image.Image, count: int) -> Iterator[Image.Image]:
    edges = [round(number * image.height / count) for number in range(count + 1)]
    for top, bottom in itertools.pairwise(edges):
        yield image.crop((0, top, image.width, max(bottom, top + 1)))


def _encoded(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=WEBP_QUALITY, method=WEBP_EFFORT)
    return buffer.getvalue()
