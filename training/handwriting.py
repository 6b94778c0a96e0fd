"""Lines in faces that imitate handwriting, set unevenly as a hand does."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .damage import Chance, Gray, Levels

PAPER = 255
# Standard deviations as shares of the size of the type: of a word's height on the line, of its
# scale, and of the bends within words. The lean of a line in shares of the height.
RISE, SCALE, BEND, LEAN = 0.05, 0.05, 0.02, 0.12


def written(text: str, font: ImageFont.FreeTypeFont, chance: Chance, margin: int) -> Image.Image:
    """Black on white with a margin. Each word has its own height, scale and distance."""
    words = [_word(word, font, chance) for word in text.split()]
    height = max(word.shape[0] for word in words)
    gap = float(chance.uniform(0.15, 0.6)) * font.size
    gaps = [max(2, round(gap * float(chance.uniform(0.7, 1.4)))) for _ in words]
    rises = [round(float(chance.normal(0, RISE)) * font.size) for _ in words]
    extra = margin + max(map(abs, rises)) + 2
    width = sum(word.shape[1] for word in words) + sum(gaps) + 2 * margin
    line = np.full((height + 2 * extra, width), PAPER, np.uint8)
    left = margin
    for word, rise, after in zip(words, rises, gaps, strict=True):
        part = line[extra + rise :][: word.shape[0], left : left + word.shape[1]]
        np.minimum(part, word, out=part)
        left += word.shape[1] + after
    return Image.fromarray(_bent(line, font.size, chance))


def _word(word: str, font: ImageFont.FreeTypeFont, chance: Chance) -> Gray:
    """The word on a canvas whose top and baseline are the same for all words of the font."""
    ascent, descent = font.getmetrics()
    left, _, right, _ = font.getbbox(word)
    size = max(1, round(right - left)) + 4, 2 * (ascent + descent)
    image = Image.new("L", size, PAPER)
    place = 2 - left, ascent + (ascent + descent) // 2
    ImageDraw.Draw(image).text(place, word, 0, font, anchor="ls")
    scale = float(np.clip(chance.normal(1, SCALE), 0.85, 1.15))
    return np.asarray(cv2.resize(np.asarray(image), None, fx=scale, fy=scale), np.uint8)


def _bent(line: Gray, size: float, chance: Chance) -> Gray:
    """Strokes that are never the same twice: smooth random shifts, and a lean of the whole."""
    height, width = line.shape
    rows, columns = np.indices((height, width), np.float32)
    lean = float(chance.normal(0, LEAN))
    columns += lean * (rows - height / 2)
    rows += _smooth_shifts((height, width), size, chance)
    columns += _smooth_shifts((height, width), size, chance)
    return cv2.remap(line, columns, rows, cv2.INTER_LINEAR, borderValue=PAPER)


def _smooth_shifts(shape: tuple[int, int], size: float, chance: Chance) -> Levels:
    """Shifts in pixels that change slowly, over about the size of a letter."""
    height, width = shape
    cells = max(2, round(height / size * 2)), max(2, round(width / size * 2))
    coarse = chance.normal(0, BEND * size, cells).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC))
