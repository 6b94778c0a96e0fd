"""Detection of text lines with PP-OCR's DB network.

The network marks, pixel by pixel, a shrunken core of every text line. The rest is the
"differentiable binarization" post-processing of Liao et al. 2019 with PP-OCRv6's parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engines.runtime.onnx import Floats, Runtime, imagenet_normalized
from app.ocr.prepare.light import to_rgb
from app.ocr.source.base import Pixels

CORE_THRESHOLD = 0.2
BOX_THRESHOLD = 0.45
UNCLIP_RATIO = 1.4
MAX_BOXES = 3000
MIN_SIDE = 3


@dataclass(frozen=True, slots=True)
class TextBox:
    """corners: (4, 2) float pixels, clockwise from the top left of the upright box."""

    corners: Floats
    score: float


class Detector:
    def __init__(self, model: Path, runtime: Runtime, max_side: int) -> None:
        self.model = runtime.load(model, divided=True)
        self.step = runtime.picture_step
        self.max_side = max_side

    def __call__(self, pixels: Pixels, side: int | None = None) -> list[TextBox]:
        """Boxes of text lines in no particular order; at most MAX_BOXES.

        side: longer side of the copy on which they are detected, by default and at most max_side.
        """
        height, width = pixels.shape[:2]
        shrunk = _shrunk(pixels, side or self.max_side, self.step)
        probability = self.model(imagenet_normalized(to_rgb(shrunk), swap=True))[0, 0]
        scale = np.array([width / shrunk.shape[1], height / shrunk.shape[0]], np.float32)
        return [
            TextBox(np.clip(box.corners * scale, 0, [width, height]).astype(np.float32), box.score)
            for box in _boxes(probability)
        ]


def _shrunk(pixels: Pixels, max_side: int, step: int) -> Pixels:
    """step: both sides are multiples of it."""
    height, width = pixels.shape[:2]
    ratio = min(1.0, max_side / max(height, width))
    new_height, new_width = (
        max(step, round(side * ratio / step) * step) for side in (height, width)
    )
    # Averaging keeps thin strokes that bilinear sampling would step over.
    how = cv2.INTER_AREA if ratio < 0.5 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, (new_width, new_height), interpolation=how), np.uint8)


def _boxes(probability: Floats) -> list[TextBox]:
    mask = (probability > CORE_THRESHOLD).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes = (_box(np.asarray(each, np.int32), probability) for each in contours[:MAX_BOXES])
    return [box for box in boxes if box]


def _box(contour: NDArray[np.int32], probability: Floats) -> TextBox | None:
    core = cv2.minAreaRect(contour)
    if min(core[1]) < MIN_SIDE:
        return None
    score = _mean_inside(probability, contour)
    if score < BOX_THRESHOLD:
        return None
    grown = _unclipped(core)
    return (
        TextBox(ordered_corners(np.asarray(cv2.boxPoints(grown), np.float32)), score)
        if min(grown[1]) > MIN_SIDE + 2
        else None
    )


def _unclipped(core: cv2.typing.RotatedRect) -> cv2.typing.RotatedRect:
    """The full line around its core: each side moved out by area * ratio / perimeter."""
    center, (width, height), angle = core
    distance = width * height * UNCLIP_RATIO / (2 * (width + height))
    return center, (width + 2 * distance, height + 2 * distance), angle


def _mean_inside(probability: Floats, contour: NDArray[np.int32]) -> float:
    left, top, width, height = cv2.boundingRect(contour)
    window = probability[top : top + height, left : left + width]
    mask = np.zeros(window.shape, np.uint8)
    cv2.fillPoly(mask, [contour - [left, top]], 1)
    return float(cv2.mean(window, mask)[0])


def ordered_corners(corners: Floats) -> Floats:
    """Clockwise from the top left, for a box leaning less than 45 degrees either way."""
    from_center = corners - corners.mean(axis=0)
    clockwise = corners[np.argsort(np.arctan2(from_center[:, 1], from_center[:, 0]))]
    edges = np.roll(clockwise, -1, axis=0) - clockwise
    rightness = edges[:, 0] / np.maximum(1e-6, np.linalg.norm(edges, axis=1))
    return np.asarray(np.roll(clockwise, -int(rightness.argmax()), axis=0), np.float32)
