"""Reduction of a large picture by a whole number, in every pixel format that Pillow decodes.

Pillow averages neither single bits nor palettes nor 16-bit numbers. Such pictures are converted
in bands, so that a wider copy of the whole picture is never held.
"""

from __future__ import annotations

from PIL import Image

BAND_PIXELS = 4_000_000


def reduced(image: Image.Image, factor: int) -> Image.Image:
    """The picture of the means of factor x factor pixels; modes without means become L, RGB, RGBA
    or I."""
    if factor <= 1:
        return image
    mode = _mode_with_means(image)
    if mode == image.mode:
        return image.reduce(factor)
    size = -(-image.width // factor), -(-image.height // factor)
    whole = Image.new(mode, size)
    rows = max(1, BAND_PIXELS // (image.width * factor)) * factor
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(image.height, top + rows)))
        whole.paste(band.convert(mode).reduce(factor), (0, top // factor))
    return whole


def _mode_with_means(image: Image.Image) -> str:
    if image.mode == "1":
        return "L"
    if image.mode in ("P", "PA"):
        return "RGBA" if image.has_transparency_data else "RGB"
    return "I" if image.mode.startswith("I;") else image.mode
