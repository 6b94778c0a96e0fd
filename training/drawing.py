"""Lines of text drawn with font files, cut as the detector cuts them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .blackletter import SMALL_E
from .damage import Chance, Gray, damaged, worn
from .handwriting import written
from .scripts import Script

HEIGHT = 48
SIZES = (26, 34, 44, 58)
PADDING = 40
# Share of letter-spaced lines, and their greatest length in characters.
SPACED, LONGEST_SPACED = 0.06, 40
# Share of damaged lines of old type that look like old books.
WORN = 0.7
# Fraktur fonts that draw Ä as Ae.
SPELT_OUT = ("yfrak.otf", "ygoth.otf", "yswab.otf")
# Share of lines with a wide gap between two words, as between columns of a table.
WIDE_GAPS = 0.08


@lru_cache(maxsize=400)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=600)
def letters_of(path: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True, fontNumber=0) as font:
        letters = frozenset(font.getBestCmap())
    return letters - {ord(each) for each in "ÄÖÜ"} if Path(path).name in SPELT_OUT else letters


def can_draw(font: Path, text: str) -> bool:
    return all(ord(each) in letters_of(str(font)) for each in text if each != " ")


def drawn(text: str, font: Path, script: Script, chance: Chance, amount: float) -> Gray:
    """The line as a gray picture (48, width). amount: of damage, 0 to 1."""
    return to_height(cut_out(text, font, script, chance, amount), script.stretch)


def cut_out(text: str, font: Path, script: Script, chance: Chance, amount: float) -> Gray:
    """The damaged line in its original size."""
    picture, box = _inked_text(text, font, script, chance)
    line = _cut(picture, box, chance, amount)
    if script.name == "Fraktur" and chance.random() < WORN * amount:
        line = worn(line, chance)
    return damaged(line, chance, amount)


def to_height(line: Gray, stretch: float = 1.0) -> Gray:
    """The line scaled to HEIGHT as the engine does it, and sideways by stretch."""
    height, width = line.shape
    size = max(8, round(HEIGHT * width / height * stretch)), HEIGHT
    return np.asarray(cv2.resize(line, size), np.uint8)


def _inked_text(
    text: str, path: Path, script: Script, chance: Chance
) -> tuple[Gray, tuple[int, int, int, int]]:
    """The text in black on white with a margin, and the box of its ink."""
    font = _font(str(path), int(chance.choice(SIZES)))
    joined = script.right_to_left or script.stretch != 1 or SMALL_E in text
    if script.name == "Handwriting" and script.has_face(path):
        image = written(text, font, chance, PADDING)
    elif not joined and len(text) <= LONGEST_SPACED and chance.random() < SPACED:
        image = _letter_spaced(text, font, chance)
    else:
        if chance.random() < WIDE_GAPS:
            text = text.replace(" ", " " * int(chance.integers(3, 14)), 1)
        image = _set(text, font, "rtl" if script.right_to_left else "ltr")
    ink = image.point(lambda value: 255 - value).getbbox()
    return np.asarray(image), ink or (0, 0, *image.size)


def _set(text: str, font: ImageFont.FreeTypeFont, direction: str) -> Image.Image:
    plain = text.replace(SMALL_E, "")
    left, top, right, bottom = font.getbbox(plain, direction=direction)
    size = int(right - left) + 2 * PADDING, int(bottom - top) + 2 * PADDING
    image = Image.new("L", size, 255)
    place = PADDING - left, PADDING - top
    drawing = ImageDraw.Draw(image)
    drawing.text(place, plain, 0, font, direction=direction)
    for at in (at for at, each in enumerate(text) if each == SMALL_E):
        before, letter = text[: at - 1].replace(SMALL_E, ""), text[at - 1]
        middle = font.getlength(before) + font.getlength(letter) / 2
        above = font.getbbox(letter)[1] - font.size / 30
        small = _font(str(font.path), round(font.size / 2))
        drawing.text((place[0] + middle, place[1] + above), "e", 0, small, anchor="ms")
    return image


def _letter_spaced(text: str, font: ImageFont.FreeTypeFont, chance: Chance) -> Image.Image:
    """Letters set apart, or in cells of equal width, as Chinese fonts draw other scripts."""
    widths = [font.getlength(each) for each in text]
    if chance.random() < 0.4:
        cell = 1.05 * max(widths)
        steps = [cell if each != " " else cell / 2 for each in text]
    else:
        gap = chance.uniform(0.05, 0.6) * font.size
        steps = [width + gap for width in widths]
    _, top, _, bottom = font.getbbox(text)
    size = int(sum(steps)) + 2 * PADDING, int(bottom - top) + 2 * PADDING
    image = Image.new("L", size, 255)
    drawing = ImageDraw.Draw(image)
    left = float(PADDING)
    for each, step, width in zip(text, steps, widths, strict=True):
        drawing.text((left + (step - width) / 2, PADDING - top), each, 0, font)
        left += step
    return image


def _cut(picture: Gray, box: tuple[int, int, int, int], chance: Chance, amount: float) -> Gray:
    """The line cut with margins like a detected box's, which may clip it or show neighbours."""
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
    """Adds parts of the line above at the top edge, or of the line below at the bottom edge."""
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
