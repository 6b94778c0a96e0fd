"""Uneven light, dark backgrounds and noise."""

from __future__ import annotations

import cv2
import numpy as np

from app.ocr.source.base import Pixels

BACKGROUND_SIDE = 160


def to_gray(pixels: Pixels) -> Pixels:
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def background_of(gray: Pixels) -> Pixels:
    """The paper's gray level at every pixel: a wide median of a small copy, enlarged again."""
    height, width = gray.shape
    ratio = min(1.0, BACKGROUND_SIDE / max(height, width))
    size = max(1, round(width * ratio)), max(1, round(height * ratio))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    window = max(3, (min(21, *size) // 2) * 2 + 1)
    smooth = cv2.medianBlur(np.ascontiguousarray(small), window)
    return np.asarray(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def even_light(gray: Pixels) -> Pixels:
    """Dark text on paper of one level: each pixel relative to the paper around it."""
    paper = cv2.morphologyEx(gray, cv2.MORPH_CLOSE, _closing_kernel(gray))
    height, width = gray.shape
    ratio = min(1.0, BACKGROUND_SIDE / max(height, width))
    size = max(1, round(width * ratio)), max(1, round(height * ratio))
    small = cv2.GaussianBlur(cv2.resize(paper, size, interpolation=cv2.INTER_AREA), (0, 0), 2)
    level = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(gray, np.maximum(level, 1), scale=245), np.uint8)


def _closing_kernel(gray: Pixels) -> Pixels:
    """Wide enough to swallow strokes and letters, yet not the shape of a shadow."""
    side = max(5, min(gray.shape) // 60 * 2 + 1)
    return np.ones((min(side, 41), min(side, 41)), np.uint8)


def inverted_where_dark(gray: Pixels) -> Pixels:
    """Regions with light text on dark become dark on light; others stay."""
    level = background_of(gray)
    dark = cv2.GaussianBlur((level < 110).astype(np.uint8) * 255, (0, 0), 3) > 127
    return np.where(dark, 255 - gray, gray)


def denoised(gray: Pixels) -> Pixels:
    """A 3x3 median: takes out the grain that breaks letters apart."""
    return np.asarray(cv2.medianBlur(gray, 3), np.uint8)
