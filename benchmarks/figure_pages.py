"""PDF pages with a figure at a known place between two paragraphs."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from PIL import Image

from app.ocr.result import Bbox

from .typesetting import HEIGHT, VOCABULARY, WIDTH

# The resolution, then lengths in pixels at 150 dpi.
DPI, LEFT, LINE, TYPE = 150, 130, 30, 22
Draw = Callable[[Any, random.Random, Bbox], None]


def figure_page(kind: str, chance: random.Random) -> tuple[bytes, list[Bbox]]:
    """A PDF of one page, and its figure's box in pixels at 150 dpi."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH * 72 / DPI, HEIGHT * 72 / DPI))
    canvas.scale(72 / DPI, 72 / DPI)
    left = LEFT + chance.randrange(0, 300)
    width, height = chance.randrange(400, 680), chance.randrange(260, 520)
    top = _prose(canvas, chance, 120, chance.randrange(4, 18)) + 40
    box = Bbox(left, top, left + width, top + height)
    canvas.saveState()
    FIGURES[kind](canvas, chance, box)
    canvas.restoreState()
    caption = f"Figure {chance.randrange(1, 9)}. {_words(chance, 5).capitalize()}"
    _write(canvas, caption, left, box.bottom + 60)
    _prose(canvas, chance, box.bottom + 130, chance.randrange(4, 14))
    canvas.save()
    return file.getvalue(), [box]


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(VOCABULARY, k=count))


def _write(canvas: Any, text: str, left: float, baseline: float, size: int = TYPE) -> None:
    canvas.setFont("Helvetica", size)
    canvas.setFillGray(0)
    canvas.drawString(left, HEIGHT - baseline, text)


def _prose(canvas: Any, chance: random.Random, top: int, lines: int) -> int:
    for at in range(lines):
        _write(canvas, _words(chance, 12)[:88], LEFT, top + LINE * at)
    return top + LINE * (lines - 1)


def _shades(chance: random.Random, box: Bbox) -> Image.Image:
    """Smooth areas of many colours, as in a photo."""
    small = np.random.default_rng(chance.randrange(1 << 30)).integers(20, 235, (6, 8, 3), np.uint8)
    return Image.fromarray(small).resize((box.width, box.height), Image.Resampling.BICUBIC)


def _photo(canvas: Any, chance: random.Random, box: Bbox) -> None:
    picture = _shades(chance, box)
    canvas.drawInlineImage(picture, box.left, HEIGHT - box.bottom, box.width, box.height)


def _strips(canvas: Any, chance: random.Random, box: Bbox) -> None:
    picture = _shades(chance, box)
    edges = [round(box.height * at / 5) for at in range(6)]
    for top, bottom in pairwise(edges):
        part = picture.crop((0, top, box.width, bottom))
        y = HEIGHT - box.top - bottom
        canvas.drawInlineImage(part, box.left, y, box.width, bottom - top)


def _axes(canvas: Any, box: Bbox) -> None:
    canvas.setLineWidth(2)
    canvas.line(box.left, HEIGHT - box.bottom, box.right, HEIGHT - box.bottom)
    canvas.line(box.left, HEIGHT - box.bottom, box.left, HEIGHT - box.top)


def _lines(canvas: Any, chance: random.Random, box: Bbox) -> None:
    _axes(canvas, box)
    for _ in range(chance.randrange(1, 4)):
        canvas.setStrokeColorRGB(*(chance.uniform(0, 0.7) for _ in range(3)))
        steps, swing = 40, chance.uniform(1, 3)
        path = canvas.beginPath()
        for at in range(steps + 1):
            share = 0.5 + 0.45 * math.sin(swing * 2 * math.pi * at / steps + swing)
            x = box.left + box.width * at / steps
            y = HEIGHT - box.bottom + share * box.height
            if at:
                path.lineTo(x, y)
            else:
                path.moveTo(x, y)
        canvas.drawPath(path)


def _bars(canvas: Any, chance: random.Random, box: Bbox) -> None:
    _axes(canvas, box)
    count = chance.randrange(4, 12)
    step = box.width / count
    for at in range(count):
        canvas.setFillColorRGB(0.2, 0.35, 0.6)
        tall = box.height * (1 if at == 1 else chance.uniform(0.15, 0.95))
        canvas.rect(
            box.left + step * (at + 0.2), HEIGHT - box.bottom, 0.6 * step, tall, stroke=0, fill=1
        )


def _scheme(canvas: Any, chance: random.Random, box: Bbox) -> None:
    """Circles with words in the corners of the box, and lines between them."""
    radius = 60
    places = [
        (x, HEIGHT - y)
        for x in (box.left + radius, box.right - radius)
        for y in (box.top + radius, box.bottom - radius)
    ]
    canvas.setLineWidth(2)
    for x, y in places[1:]:
        canvas.line(places[0][0], places[0][1], x, y)
    for x, y in places:
        canvas.setFillGray(1)
        canvas.circle(x, y, radius, stroke=1, fill=1)
        _write(canvas, _words(chance, 1)[:6], x - 34, HEIGHT - y + 8)


FIGURES: dict[str, Draw] = {
    "photo": _photo,
    "strips": _strips,
    "line chart": _lines,
    "bar chart": _bars,
    "scheme": _scheme,
}
