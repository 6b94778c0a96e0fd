"""A few of a page's lines below each other: enough to tell its script."""

from __future__ import annotations

import cv2
import numpy as np

from app.engines.lines.crops import cut_line
from app.engines.runtime.onnx import Floats
from app.ocr.prepare.light import even_light, to_gray
from app.ocr.source.base import Pixels

SAMPLE_LINES = 4
SAMPLE_HEIGHT = 48
MAX_SAMPLE_WIDTH = 1200


def sample_of_lines(pixels: Pixels, boxes: list[Floats]) -> Pixels | None:
    """The longest detected lines on a white sheet; None if there are none.

    boxes: corners (4, 2) of lines of text on the pixels.
    """
    crops = [cut_line(pixels, corners) for corners in boxes]
    lines = sorted(
        (crop.pixels for crop in crops if min(crop.pixels.shape[:2]) >= 8),
        key=lambda line: -line.shape[1] / line.shape[0],
    )[:SAMPLE_LINES]
    strips = [_strip(line) for line in lines]
    return np.vstack(strips) if strips else None


def _strip(line: Pixels) -> Pixels:
    gray = to_gray(line)
    height, width = gray.shape
    size = min(MAX_SAMPLE_WIDTH, max(1, round(width * SAMPLE_HEIGHT / height))), SAMPLE_HEIGHT
    if width * SAMPLE_HEIGHT / height > MAX_SAMPLE_WIDTH:
        gray = gray[:, : round(MAX_SAMPLE_WIDTH * height / SAMPLE_HEIGHT)]
    resized = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    sheet = np.full((SAMPLE_HEIGHT + 24, MAX_SAMPLE_WIDTH + 40), 245, np.uint8)
    sheet[12 : 12 + SAMPLE_HEIGHT, 20 : 20 + size[0]] = even_light(np.asarray(resized, np.uint8))
    return sheet
