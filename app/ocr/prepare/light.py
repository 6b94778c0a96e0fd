"""Correction of uneven light, dark backgrounds and noise."""

from __future__ import annotations

import cv2
import numpy as np

from app.ocr.source.base import Pixels

BACKGROUND_SIDE = 160


def to_gray(pixels: Pixels) -> Pixels:
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def to_rgb(pixels: Pixels) -> Pixels:
    if pixels.ndim == 3:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB), np.uint8)


def is_colourless(rgb: Pixels) -> bool:
    """Whether all three channels are the same."""
    red, green, blue = cv2.split(rgb)
    return bool(np.array_equal(red, green) and np.array_equal(green, blue))


def background_levels(gray: Pixels) -> Pixels:
    """The paper's gray level across the page: a wide median of a copy of side BACKGROUND_SIDE."""
    small = _shrunk(gray)
    window = max(3, (min(21, *small.shape) // 2) * 2 + 1)
    return np.asarray(cv2.medianBlur(small, window), np.uint8)


def enlarged(levels: Pixels, shape: tuple[int, ...]) -> Pixels:
    """Levels of a small copy, interpolated for every pixel of a page of this height and width."""
    size = shape[1], shape[0]
    return np.asarray(cv2.resize(levels, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _shrunk(gray: Pixels) -> Pixels:
    height, width = gray.shape
    ratio = min(1.0, BACKGROUND_SIDE / max(height, width))
    size = max(1, round(width * ratio)), max(1, round(height * ratio))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(small, np.uint8)


def even_light(gray: Pixels) -> Pixels:
    """Dark text on paper of one level: each pixel relative to the paper around it."""
    paper = cv2.morphologyEx(gray, cv2.MORPH_CLOSE, _closing_kernel(gray))
    smooth = np.asarray(cv2.GaussianBlur(_shrunk(np.asarray(paper, np.uint8)), (0, 0), 2), np.uint8)
    level = enlarged(smooth, gray.shape)
    return np.asarray(cv2.divide(gray, np.maximum(level, 1), scale=245), np.uint8)


def _closing_kernel(gray: Pixels) -> Pixels:
    """A kernel wide enough to remove strokes and letters, but not the shape of a shadow."""
    side = max(5, min(gray.shape) // 60 * 2 + 1)
    return np.ones((min(side, 41), min(side, 41)), np.uint8)


def inverted_where_dark(gray: Pixels) -> Pixels:
    """Regions of light text on dark turned to dark on light; others unchanged."""
    level = enlarged(background_levels(gray), gray.shape)
    dark = cv2.GaussianBlur((level < 110).astype(np.uint8) * 255, (0, 0), 3) > 127
    return np.where(dark, 255 - gray, gray)


def denoised(gray: Pixels) -> Pixels:
    """A 3x3 median, which removes the grain that breaks letters apart."""
    return np.asarray(cv2.medianBlur(gray, 3), np.uint8)
