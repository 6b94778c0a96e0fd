"""Lines of text drawn with font files, cut as the detector cuts them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .damage import Chance, Gray, damaged
from .scripts import Script

HEIGHT = 48
SIZES = (26, 34, 44, 58)
PADDING = 40


@lru_cache(maxsize=400)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=200)
def letters_of(path: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True, fontNumber=0) as font:
        return frozenset(font.getBestCmap())


def can_draw(font: Path, text: str) -> bool:
    return all(ord(each) in letters_of(str(font)) for each in text if each != " ")


def drawn(text: str, font: Path, script: Script, chance: Chance, amount: float) -> Gray:
    """(48, width) gray; amount: of damage, 0 to 1."""
    return to_height(cut_out(text, font, script, chance, amount), script.stretch)


def cut_out(text: str, font: Path, script: Script, chance: Chance, amount: float) -> Gray:
    """The damaged line in the size in which it was drawn."""
    picture, box = _inked_text(text, font, script, chance)
    return damaged(_cut(picture, box, chance, amount), chance, amount)


def to_height(line: Gray, stretch: float = 1.0) -> Gray:
    """As the engine scales a line, and sideways by stretch."""
    height, width = line.shape
    size = max(8, round(HEIGHT * width / height * stretch)), HEIGHT
    return np.asarray(cv2.resize(line, size), np.uint8)


def _inked_text(
    text: str, path: Path, script: Script, chance: Chance
) -> tuple[Gray, tuple[int, int, int, int]]:
    """Black on white with room around it, and the box of its ink."""
    font = _font(str(path), int(chance.choice(SIZES)))
    how = {"direction": "rtl" if script.right_to_left else "ltr"}
    left, top, right, bottom = font.getbbox(text, **how)
    size = int(right - left) + 2 * PADDING, int(bottom - top) + 2 * PADDING
    image = Image.new("L", size, 255)
    drawing = ImageDraw.Draw(image)
    place = PADDING - left, PADDING - top
    spaced = chance.random() < 0.03 and not script.right_to_left and script.stretch == 1
    if spaced and len(text) < 25:
        text = "\u200a".join(text) if ord("\u200a") in letters_of(str(path)) else text
    drawing.text(place, text, 0, font, **how)
    ink = image.point(lambda value: 255 - value).getbbox()
    return np.asarray(image), ink or (0, 0, *size)


def _cut(picture: Gray, box: tuple[int, int, int, int], chance: Chance, amount: float) -> Gray:
    """With the margins of detected boxes, which sometimes cut tails, and with what is near."""
    left, top, right, bottom = box
    height = bottom - top
    margins = chance.uniform(0.0, 0.28, 4) * height + 1
    if chance.random() < 0.12 * amount:
        margins[int(chance.integers(2))] = -chance.uniform(0, 0.08) * height
    if chance.random() < 0.15:
        margins[:2] += chance.uniform(0, 0.3) * height
    above, below, before, after = (int(min(each, PADDING)) for each in margins)
    line = picture[top - above : bottom + below, left - before : right + after].copy()
    if chance.random() < 0.25 * amount:
        _add_neighbours(line, picture, chance)
    if chance.random() < 0.06 * max(amount, 0.3):
        row = int(line.shape[0] * chance.uniform(0.86, 0.99))
        line[row : row + int(chance.integers(1, 4))] = int(chance.integers(0, 150))
    return line


def _add_neighbours(line: Gray, picture: Gray, chance: Chance) -> None:
    """The feet of the line above at the upper edge, or heads of the one below at the lower."""
    rows = max(1, int(line.shape[0] * chance.uniform(0.03, 0.12)))
    width = line.shape[1]
    shifted = np.roll(picture, int(chance.integers(20, 200)), axis=1)[:, :width]
    inked = np.flatnonzero((shifted < 128).any(axis=1))
    if len(inked) < rows or shifted.shape[1] < width:
        return
    if chance.random() < 0.5:
        line[:rows] = np.minimum(line[:rows], shifted[inked[-1] - rows + 1 : inked[-1] + 1])
    else:
        line[-rows:] = np.minimum(line[-rows:], shifted[inked[0] : inked[0] + rows])
