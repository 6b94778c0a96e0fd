"""Choice of the steps that a page needs, according to its measures and the engine's needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np

from app.ocr.source.base import Pixels

from .bend import Bend
from .geometry import Transform
from .light import denoised, even_light, inverted_where_dark, to_gray
from .measure import Measures
from .skew import rotated
from .steps import DARK_SCREEN, UNCURL

# Heights of a lower-case letter: the least that Tesseract reads well, and the height to which
# smaller ones are enlarged. Rendered letters are sharp; enlarging them further costs time and gains
# nothing (docs/benchmarks.md).
SMALL_TEXT_HEIGHT, ENLARGED_TEXT_HEIGHT = 12, 18
SMALL_CRISP_HEIGHT, ENLARGED_CRISP_HEIGHT = 8, 12
# Tesseract reads larger letters less well, and more slowly.
LARGE_TEXT_HEIGHT, REDUCED_TEXT_HEIGHT = 30, 24
# Sag in letter heights above which lines count as curved for engines that read slanted ones.
CURLED = 0.4
MAX_ENLARGEMENT = 4.0
MAX_ENLARGED_PIXELS = 16_000_000
UNEVEN = 30
NOISY = 12
PADDING = 16
# Layout analysis mistakes text nearer to the edge for a picture.
NARROW_MARGIN = 8


@dataclass(frozen=True, slots=True)
class Prepared:
    """pixels: for the engine. to_upright: maps its boxes back. steps: names of the steps done."""

    pixels: Pixels
    to_upright: Transform
    steps: tuple[str, ...] = ()


def prepare(pixels: Pixels, measures: Measures, wanted: frozenset[str]) -> Prepared:
    """Apply the steps that the measures call for, of those that the engine wants."""
    done: list[str] = []
    transform = Transform()
    if measures.dark and ("dark" in wanted or (DARK_SCREEN in wanted and measures.crisp)):
        pixels = inverted_where_dark(to_gray(pixels))
        done.append("dark")
    elif "light" in wanted and measures.unevenness > UNEVEN:
        pixels = even_light(to_gray(pixels))
        done.append("light")
    if "noise" in wanted and measures.noise > NOISY:
        pixels = denoised(to_gray(pixels))
        done.append("noise")
    if measures.bend and _calls_for(measures.bend, wanted):
        pixels, transform = _levelled(pixels, transform, measures.bend, _paper(measures, done))
        done.append("dewarp")
    elif "deskew" in wanted and measures.skew:
        pixels, back = rotated(pixels, measures.skew, _paper(measures, done))
        transform = transform.after(back)
        done.append("deskew")
    if "scale" in wanted and (factor := _scale_factor(pixels, measures)) != 1.0:
        pixels, transform = _scaled(pixels, transform, factor)
        done.append("scale")
    if "pad" in wanted and measures.margin < NARROW_MARGIN:
        pixels, transform = _padded(pixels, transform, _paper(measures, done))
        done.append("pad")
    return Prepared(pixels, transform, tuple(done))


def _paper(measures: Measures, done: list[str]) -> int:
    """Gray level of the paper after the steps done."""
    if "light" in done:
        return 245
    return 255 - measures.background if "dark" in done else measures.background


def _calls_for(bend: Bend, wanted: frozenset[str]) -> bool:
    return "dewarp" in wanted or (UNCURL in wanted and bend.sag > CURLED)


def _levelled(
    pixels: Pixels, transform: Transform, bend: Bend, fill: int
) -> tuple[Pixels, Transform]:
    height, width = pixels.shape[:2]
    level, top = bend.levelled(pixels, fill)
    return level, transform.after(partial(bend.bent, width=width, height=height)).moved(0, top)


def _scale_factor(pixels: Pixels, measures: Measures) -> float:
    height = measures.text_height
    small, enlarged = (
        (SMALL_CRISP_HEIGHT, ENLARGED_CRISP_HEIGHT)
        if measures.crisp
        else (SMALL_TEXT_HEIGHT, ENLARGED_TEXT_HEIGHT)
    )
    if 0 < height < small:
        room = math.sqrt(MAX_ENLARGED_PIXELS / (pixels.shape[0] * pixels.shape[1]))
        return max(1.0, min(enlarged / height, MAX_ENLARGEMENT, room))
    return REDUCED_TEXT_HEIGHT / height if height > LARGE_TEXT_HEIGHT else 1.0


def _scaled(pixels: Pixels, transform: Transform, factor: float) -> tuple[Pixels, Transform]:
    height, width = pixels.shape[:2]
    size = max(1, round(width * factor)), max(1, round(height * factor))
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    scaled = np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)
    return scaled, transform.scaled(size[0] / width, size[1] / height)


def _padded(pixels: Pixels, transform: Transform, fill: int) -> tuple[Pixels, Transform]:
    bordered = cv2.copyMakeBorder(
        pixels, *(PADDING,) * 4, borderType=cv2.BORDER_CONSTANT, value=(fill,) * 3
    )
    return np.asarray(bordered, np.uint8), transform.moved(-PADDING, -PADDING)
