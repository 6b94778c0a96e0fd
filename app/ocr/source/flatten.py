"""Every pixel format to 8-bit gray or RGB, as a person would see it on white paper."""

from __future__ import annotations

import numpy as np
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
    """White paper, unless the visible pixels are themselves so light that they would vanish."""
    background = "black" if _is_light(image) else "white"
    canvas = Image.new("RGB", image.size, background)
    canvas.paste(image, mask=image.getchannel("A"))
    return canvas


def _is_light(image: Image.Image) -> bool:
    alpha = np.asarray(image.getchannel("A"))
    visible = np.asarray(image.convert("L"))[alpha > 127]
    # A picture that is mostly opaque brings its own background.
    if not visible.size or visible.size > 0.6 * alpha.size:
        return False
    return bool(np.percentile(visible, 20) > 200)


def _stretched(image: Image.Image) -> Image.Image:
    """Values above 8 bits keep their order: the darkest becomes 0 and the lightest 255."""
    values = np.asarray(image, dtype=np.float32)
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    if low >= 0 and high <= 255 and image.mode in ("I", "F"):
        low, high = 0.0, 255.0
    scaled = (np.nan_to_num(values, nan=high) - low) * (255.0 / max(high - low, 1e-6))
    return Image.fromarray(np.clip(scaled, 0, 255).astype(np.uint8))
