"""Conversion of every pixel format to 8-bit gray or RGB, as it looks on white paper."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

DEEP_GRAY = ("I", "I;16", "I;16B", "I;16L", "I;16N", "F")


def to_eight_bits(image: Image.Image) -> Image.Image:
    """Mode "L" or "RGB"; transparency over white, 16 bits and floats stretched to 8."""
    if image.mode in DEEP_GRAY:
        return _stretched(image)
    if image.has_transparency_data:
        return _over_background(image.convert("RGBA"))
    if image.mode in ("1", "L"):
        return image.convert("L")
    return image.convert("RGB")


def _over_background(image: Image.Image) -> Image.Image:
    """The picture on white paper, or on black if its pixels are too light to be seen on white."""
    background = "black" if _is_light(image) else "white"
    canvas = Image.new("RGB", image.size, background)
    canvas.paste(image, mask=image.getchannel("A"))
    return canvas


def _is_light(image: Image.Image) -> bool:
    alpha = np.asarray(image.getchannel("A"))
    visible = np.asarray(image.convert("L"))[alpha > 127]
    # A mostly opaque picture has its own background.
    if not visible.size or visible.size > 0.6 * alpha.size:
        return False
    return bool(np.percentile(visible, 20) > 200)


def _stretched(image: Image.Image) -> Image.Image:
    """Values scaled to 8 bits in their order: the range from _range() becomes 0 to 255."""
    values = np.array(image, dtype=np.float32)
    low, high = _range(values, image.mode)
    np.nan_to_num(values, copy=False, nan=high, posinf=high, neginf=low)
    # In place: a page of 36 million pixels takes 144 MB only once.
    values -= low
    values *= 255.0 / max(high - low, 1e-6)
    np.clip(values, 0, 255, out=values)
    return Image.fromarray(values.astype(np.uint8))


def _range(values: NDArray[np.float32], mode: str) -> tuple[float, float]:
    """Values of black and white: the least and the greatest, but 0 and 1, or 0 and 255, if all
    values of an "I" or "F" picture fit, as image analysis programs write them."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    if low < 0 or mode not in ("I", "F"):
        return low, high
    return next(((0.0, top) for top in (1.0, 255.0) if high <= top), (low, high))
