"""Bold lines of a picture, whose strokes are thicker for their size than those of most lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.layout.elements import Piece
from app.ocr.prepare.light import to_gray
from app.ocr.result import Bbox

from .type_size import type_size

Gray = NDArray[np.uint8]

# Strokes of bold type are at least this many times as thick as those of the page's regular type.
BOLDER = 1.28
# With fewer lines the usual thickness is unknown.
LEAST_LINES = 4
# A short or low-contrast line is not judged.
LEAST_CHARACTERS = 3
LEAST_CONTRAST = 40.0
# Lines are measured at no more than this height, in pixels.
HEIGHT = 48


def with_weight(pixels: Gray, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, with bold set where it can be measured. pixels: gray or RGB."""
    gray = to_gray(pixels)
    strokes = [_stroke(gray, piece) for piece in pieces]
    usual = _usual(strokes, pieces)
    if usual is None:
        return tuple(pieces)
    return tuple(
        piece if stroke is None else replace(piece, bold=stroke >= BOLDER * usual)
        for piece, stroke in zip(pieces, strokes, strict=True)
    )


def _usual(strokes: Sequence[float | None], pieces: Sequence[Piece]) -> float | None:
    """Median thickness over characters."""
    measured = [
        (stroke, sum(len(word.text) for word in piece.words))
        for stroke, piece in zip(strokes, pieces, strict=True)
        if stroke is not None
    ]
    if len(measured) < LEAST_LINES:
        return None
    values, counts = (np.array(each, float) for each in zip(*sorted(measured), strict=True))
    return float(values[np.searchsorted(counts.cumsum(), counts.sum() / 2)])


def _stroke(gray: Gray, piece: Piece) -> float | None:
    """Thickness of the strokes, as a share of the type size.

    Strokes of length l and thickness t have ink of area l * t and edges of length 2 * l.
    """
    text = "".join(word.text for word in piece.words)
    box = piece.bbox
    if len(text) < LEAST_CHARACTERS or piece.direction == "ttb":
        return None
    size = type_size(text, box.height)
    ink = _ink(gray, box)
    if size is None or ink is None:
        return None
    scale = ink.shape[0] / box.height
    here = ink[:-1, :-1]
    edges = float(cv2.magnitude(ink[1:, :-1] - here, ink[:-1, 1:] - here).sum())
    return 2 * float(ink.sum()) / edges / (scale * size) if edges else None


def _ink(gray: Gray, box: Bbox) -> NDArray[np.float32] | None:
    """0 for paper to 1 for ink, of either polarity."""
    crop = gray[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    if crop.size == 0 or min(crop.shape) < 4:
        return None
    if crop.shape[0] > HEIGHT:
        scale = HEIGHT / crop.shape[0]
        size = max(1, round(crop.shape[1] * scale)), HEIGHT
        crop = np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_AREA), np.uint8)
    low, paper, high = (float(value) for value in np.percentile(crop[::2, ::3], (2, 50, 98)))
    ink = low if paper - low > high - paper else high
    if abs(ink - paper) < LEAST_CONTRAST:
        return None
    share = (crop.astype(np.float32) - paper) / (ink - paper)
    # Noise of the paper would count as edges.
    return np.asarray(np.clip((share - 0.2) / 0.7, 0, 1), np.float32)
