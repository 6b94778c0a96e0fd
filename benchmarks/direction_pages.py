"""Drawn upright pages of all kinds in one script: prose, forms, tables, lines, few words."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from .direction_texts import Script
from .scene_words import has_glyphs

Draw = ImageDraw.ImageDraw
WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dpi
MARGIN = 110
DIGITS = "0123456789."


@dataclass
class Pen:
    """Writes in one script.

    x is the left edge of the text, or for right-to-left scripts the distance of its right edge
    from the right edge of the sheet.
    """

    script: Script
    font: ImageFont.FreeTypeFont
    chance: random.Random
    written: list[str] = field(default_factory=list)

    def text(self, words: int) -> str:
        sentence = self.chance.choice(self.script.sentences)
        if not self.script.spaced:
            start = self.chance.randrange(max(1, len(sentence) - 3 * words))
            return sentence[start : start + 3 * words]
        parts = sentence.split()
        while len(parts) < words:
            parts += self.chance.choice(self.script.sentences).split()
        start = self.chance.randrange(max(1, len(parts) - words))
        return " ".join(parts[start : start + words])

    def write(self, sheet: Image.Image, x: float, y: float, text: str, ink: int = 20) -> float:
        """Writes one line; returns its width."""
        self.written.append(text)
        width = self.font.getlength(text, direction=self.script.direction)
        if self.script.direction == "rtl":
            x = sheet.width - x - width
        ImageDraw.Draw(sheet).text((x, y), text, ink, self.font, direction=self.script.direction)
        return width

    def paragraph(self, sheet: Image.Image, x: float, y: float, width: float, lines: int) -> float:
        for _ in range(lines):
            text = self.text(14)
            while self.font.getlength(text, direction=self.script.direction) > width:
                text = text[:-2] if not self.script.spaced else text.rpartition(" ")[0]
            self.write(sheet, x, y, text)
            y += 1.5 * self.font.size
        return y


def prose(pen: Pen) -> Image.Image:
    sheet = _sheet(250)
    top = 130.0
    while top < HEIGHT - 400:
        top = pen.paragraph(sheet, MARGIN, top, WIDTH - 2 * MARGIN, pen.chance.randint(3, 8)) + 40
    return sheet


def grey_paper(pen: Pen) -> Image.Image:
    return prose(pen).point(lambda value: round(0.6 * value))


def light_on_dark(pen: Pen) -> Image.Image:
    return prose(pen).point(lambda value: 255 - round(0.9 * value))


def form(pen: Pen) -> Image.Image:
    """Short labels with rules and boxes to fill in."""
    sheet = _sheet(252)
    drawing = ImageDraw.Draw(sheet)
    pen.write(sheet, 380, 110, pen.text(3))
    for at in range(14):
        top = 220 + 100 * at
        for left in (MARGIN, WIDTH // 2 + 20):
            width = pen.write(sheet, left, top, pen.text(pen.chance.randint(1, 2)))
            start, end = left + width + 15, left + 480
            if pen.script.direction == "rtl":
                start, end = WIDTH - end, WIDTH - start
            if end - start < 20:
                continue
            if at % 3:
                drawing.line((start, top + 32, end, top + 32), 60, 2)
            else:
                drawing.rectangle((start, top - 6, end, top + 38), outline=60, width=2)
    return sheet


def table(pen: Pen) -> Image.Image:
    """Words, numbers and rules."""
    sheet = _sheet(250)
    drawing = ImageDraw.Draw(sheet)
    rows, columns, height, width = 22, 4, 62, (WIDTH - 2 * MARGIN) // 4
    for row in range(rows + 1):
        top = 150 + row * height
        drawing.line((MARGIN, top, MARGIN + columns * width, top), 80, 2)
        for column in range(columns if row < rows else 0):
            numeric = row and column
            text = f"{pen.chance.randint(1, 99999) / 100:.2f}" if numeric else pen.text(1)
            pen.write(sheet, MARGIN + column * width + 12, top + 12, text)
    for column in range(columns + 1):
        left = MARGIN + column * width
        drawing.line((left, 150, left, 150 + rows * height), 80, 2)
    return sheet


def spread(pen: Pen) -> Image.Image:
    """Two pages side by side on grey."""
    sheet = Image.new("L", (2 * WIDTH * 2 // 3, HEIGHT * 2 // 3), 150)
    half = sheet.width // 2
    for left in (0, half):
        top = 90.0
        while top < sheet.height - 220:
            top = pen.paragraph(sheet, left + 60, top, half - 120, pen.chance.randint(2, 5)) + 50
    return sheet


def few_words(pen: Pen) -> Image.Image:
    sheet = _sheet(250)
    top = pen.chance.randint(200, 900)
    for at in range(3):
        pen.write(sheet, pen.chance.randint(150, 400), top + 90 * at, pen.text(2))
    return sheet


def short_note(pen: Pen) -> Image.Image:
    sheet = Image.new("L", (900, 400), 245)
    pen.paragraph(sheet, 60, 60, 780, 4)
    return sheet


def single_line(pen: Pen) -> Image.Image:
    """A line cut out of a page."""
    text = pen.text(6)
    width = round(pen.font.getlength(text, direction=pen.script.direction))
    sheet = Image.new("L", (width + 24, round(1.9 * pen.font.size)), 250)
    pen.write(sheet, 12, 0.25 * pen.font.size, text)
    return sheet


def receipt(pen: Pen) -> Image.Image:
    sheet = Image.new("L", (560, 1500), 240)
    pen.write(sheet, 120, 60, pen.text(2))
    for at in range(20):
        top = 160 + 58 * at
        width = pen.write(sheet, 40, top, pen.text(1))
        price = f"{pen.chance.randint(10, 9999) / 100:.2f}"
        if width < 330:
            pen.write(sheet, 380, top, price)
    return sheet


def photographed(pen: Pen) -> Image.Image:
    """Uneven light, grain, blur and a slant."""
    page = prose(pen).rotate(pen.chance.uniform(-3, 3), Image.Resampling.BICUBIC, fillcolor=240)
    chance = np.random.default_rng(pen.chance.randrange(10**6))
    light = np.linspace(1.0, 0.5, page.width)[None, :] * np.linspace(1, 0.8, page.height)[:, None]
    grainy = np.asarray(page) * light + chance.normal(0, 5, (page.height, page.width))
    shot = Image.fromarray(np.clip(grainy, 0, 255).astype(np.uint8))
    return shot.filter(ImageFilter.GaussianBlur(0.8))


KINDS: tuple[Callable[[Pen], Image.Image], ...] = (
    prose, grey_paper, light_on_dark, form, table, spread, few_words, short_note, single_line,
    receipt, photographed,
)  # fmt: skip


def pages(script: Script, folders: list[Path], seed: int) -> Iterator[tuple[str, Image.Image, str]]:
    """Kind, picture and text of each page; no pages if the script's fonts are not installed."""
    files = (font_file(name, tuple(folders)) for name in script.fonts)
    # Some fonts have no digits, which tables and receipts need.
    found = [path for path in files if path and has_glyphs(path, DIGITS)]
    for at, kind in enumerate(KINDS):
        chance = random.Random(f"{script.name} {kind.__name__} {seed}")
        if found:
            size = chance.randint(24, 34)
            font = ImageFont.truetype(str(found[(seed + at) % len(found)]), size)
            pen = Pen(script, font, chance)
            picture = kind(pen)
            yield kind.__name__, picture, "\n".join(pen.written)


@cache
def font_file(name: str, folders: tuple[Path, ...]) -> Path | None:
    return next((path for folder in folders for path in sorted(folder.rglob(name))), None)


def _sheet(paper: int) -> Image.Image:
    return Image.new("L", (WIDTH, HEIGHT), paper)
