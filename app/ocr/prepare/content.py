"""The part of a page that has content."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from app.ocr.source.base import Pixels

from .light import to_gray

LOOK_SIDE = 512
# A row or column counts as filled above this share of edge pixels.
FILLED = 0.005
MARGIN = 4
MAX_TILES = 4
# From this ratio of sides on, several squares along the longer side show more than a central one.
LONG = 1.8


@dataclass(frozen=True, slots=True)
class Window:
    left: int
    top: int
    right: int
    bottom: int

    def cut(self, pixels: Pixels) -> Pixels:
        return pixels[self.top : self.bottom, self.left : self.right]


def content_box(pixels: Pixels) -> Window:
    """The box around all edges; the whole page if there are none."""
    gray = to_gray(pixels)
    height, width = gray.shape
    ratio = min(1.0, LOOK_SIDE / max(height, width))
    size = max(1, round(width * ratio)), max(1, round(height * ratio))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    edges = cv2.morphologyEx(small, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    filled = edges > max(30.0, 0.25 * float(edges.max()))
    rows = np.flatnonzero(filled.mean(axis=1) > FILLED)
    columns = np.flatnonzero(filled.mean(axis=0) > FILLED)
    if rows.size < 2 or columns.size < 2:
        return Window(0, 0, width, height)
    left, right = ((columns[0] - MARGIN) / ratio, (columns[-1] + 1 + MARGIN) / ratio)
    top, bottom = ((rows[0] - MARGIN) / ratio, (rows[-1] + 1 + MARGIN) / ratio)
    return Window(
        max(0, int(left)), max(0, int(top)), min(width, int(right)), min(height, int(bottom))
    )


def square_tiles(pixels: Pixels) -> list[Pixels]:
    """Up to MAX_TILES squares spread over a long strip; any other picture unchanged."""
    height, width = pixels.shape[:2]
    short, long = sorted((height, width))
    if long < LONG * short:
        return [pixels]
    count = min(MAX_TILES, long // short)
    starts = [round((long - short) * at / max(1, count - 1)) for at in range(count)]
    if width > height:
        return [pixels[:, start : start + short] for start in starts]
    return [pixels[start : start + short] for start in starts]
