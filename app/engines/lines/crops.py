"""Detected lines cut out of the page, straight and upright, and their places on the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engines.runtime.onnx import Floats
from app.ocr.prepare.light import to_gray
from app.ocr.result import Bbox
from app.ocr.scripts import VERTICAL_RATIO
from app.ocr.source.base import Pixels

Mask = NDArray[np.bool_]

# Paper darker than this share of the line's lightest paper lies in a shadow, in which letters could
# be lighter than other paper.
SHADED = 0.7
# Side of a square that no stroke fills, as a share of the height: closing by it leaves the paper.
WIDER_THAN_STROKES = 0.3


@dataclass(frozen=True)
class Crop:
    """pixels: the line, reading left to right. corners: its box on the page, (4, 2), clockwise from
    the line's own top left."""

    pixels: Pixels
    corners: Floats
    vertical: bool

    @cached_property
    def ink(self) -> Mask:
        """True where there is ink, dark or light."""
        return ink_of(self.pixels)

    def bbox_of(self, left: float, top: float, right: float, bottom: float) -> Bbox:
        """Box on the page of a part of the line, given in shares (0-1) of its length and height."""
        top_left, top_right, bottom_right, bottom_left = self.corners
        points = np.array(
            [
                (1 - y) * ((1 - x) * top_left + x * top_right)
                + y * ((1 - x) * bottom_left + x * bottom_right)
                for x in (left, right)
                for y in (top, bottom)
            ]
        )
        low, high = np.floor(points.min(axis=0)), np.ceil(points.max(axis=0))
        return Bbox(int(low[0]), int(low[1]), int(high[0]), int(high[1]))

    def part(self, left: float, right: float) -> Crop:
        """The part of the line between two shares (0-1) of its length."""
        width = self.pixels.shape[1]
        top_left, top_right, bottom_right, bottom_left = self.corners
        top, bottom = top_right - top_left, bottom_right - bottom_left
        corners = np.array(
            [
                top_left + left * top,
                top_left + right * top,
                bottom_left + right * bottom,
                bottom_left + left * bottom,
            ],
            np.float32,
        )
        pixels = self.pixels[:, round(left * width) : round(right * width)]
        return Crop(np.ascontiguousarray(pixels), corners, self.vertical)


def cut_line(page: Pixels, corners: Floats, *, turn: bool = True) -> Crop:
    """corners: (4, 2), clockwise from the top left. Vertical lines come back turned to the left,
    so that their top is at the left edge, unless turn is False."""
    width = float(
        max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3]))
    )
    height = float(
        max(np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1]))
    )
    vertical = turn and height >= VERTICAL_RATIO * width
    if vertical:
        # The line's own top left is the page box's top right.
        corners, width, height = np.roll(corners, -1, axis=0), height, width
    size = max(1, round(width)), max(1, round(height))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    transform = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    pixels = cv2.warpPerspective(
        page, transform, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return Crop(np.asarray(pixels, np.uint8), corners, vertical)


def ink_of(line: Pixels) -> Mask:
    """True where there is ink, dark or light."""
    gray = _evenly_lit(to_gray(line))
    _, binary = cv2.threshold(gray, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink: Mask = binary.astype(bool)
    return ~ink if ink.mean() > 0.5 else ink


def _evenly_lit(gray: Pixels) -> Pixels:
    """The line with dark ink on light paper if a shadow falls on a part of it, else as it is."""
    height, width = gray.shape
    starts = np.arange(0, width, height)
    light = np.maximum.reduceat(gray.max(axis=0), starts)
    dark = np.minimum.reduceat(gray.min(axis=0), starts)
    if 2 * cv2.mean(gray)[0] < light.mean() + dark.mean():  # most of a line is paper
        gray, light = 255 - gray, 255 - dark
    if light.min() >= SHADED * light.max():
        return gray
    side = max(3, round(WIDER_THAN_STROKES * height))
    # Two pixels more also take away the edges of shadows, which are half lit.
    paper = cv2.erode(cv2.dilate(gray, _square(side)), _square(side + 2))
    return np.asarray(cv2.divide(gray, np.maximum(paper, 1), scale=255), np.uint8)


def _square(side: int) -> Pixels:
    return np.ones((side, side), np.uint8)
