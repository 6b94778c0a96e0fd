"""Pictures with text for tests, drawn with Pillow's own font."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.ocr.result import Bbox
from app.ocr.source import Pixels

PROSE = (
    "The quick brown fox jumps over the lazy dog",
    "and then walks home along the silent river",
    "while seventeen geese discuss the weather",
    "before the evening train reaches the town",
    "and every window of the street is lit again",
)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    loaded = ImageFont.load_default(size)
    assert isinstance(loaded, ImageFont.FreeTypeFont)
    return loaded


def draw_lines(
    *lines: str,
    size: int = 32,
    ink: str = "black",
    paper: str = "white",
    margin: int = 40,
    face: ImageFont.FreeTypeFont | None = None,
) -> Image.Image:
    """Left-aligned lines, one below the other, on a page that fits them. face: replaces size."""
    chosen = face or font(size)
    size = round(chosen.size)
    width = max(round(chosen.getlength(line)) for line in lines) + 2 * margin
    image = Image.new("RGB", (width, round(len(lines) * size * 1.5) + 2 * margin), paper)
    drawing = ImageDraw.Draw(image)
    for at, line in enumerate(lines):
        drawing.text((margin, margin + at * size * 1.5), line, fill=ink, font=chosen)
    return image


def draw_tightly(
    *lines: str, font: ImageFont.FreeTypeFont, ink: int = 0, paper: int = 255, margin: int = 12
) -> Image.Image:
    """Cyrillic or Greek lines in a Chinese font, whose letters are as wide as its characters, set
    with the spaces between them that other fonts have."""
    gap, space, step = (round(share * font.size) for share in (0.1, 0.4, 1.5))
    glyphs = {each: _glyph(each, font) for line in lines for each in line if each.strip()}
    widths = [
        sum(glyphs[each].width + gap if each.strip() else space for each in line) for line in lines
    ]
    size = max(widths) + 2 * margin, len(lines) * step + 2 * margin
    mask = Image.new("L", size)
    for row, line in enumerate(lines):
        left = margin
        for each in line:
            if each.strip():
                mask.paste(glyphs[each], (left, margin + row * step))
            left += glyphs[each].width + gap if each.strip() else space
    page = Image.new("L", size, paper)
    page.paste(ink, mask=mask)
    return page.convert("RGB")


def _glyph(character: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    """White on black, as wide as its ink and as high as a line."""
    image = Image.new("L", (2 * round(font.size), round(1.5 * font.size)))
    ImageDraw.Draw(image).text((font.size / 2, 0), character, 255, font)
    box = image.getbbox()
    assert box, f"the font does not have {character}"
    return image.crop((box[0], 0, box[2], image.height))


def draw_at(size: tuple[int, int], *texts: tuple[int, int, str], height: int = 28) -> Image.Image:
    """Texts on white, each with its top left at (x, y)."""
    image = Image.new("RGB", size, "white")
    for x, y, text in texts:
        ImageDraw.Draw(image).text((x, y), text, fill="black", font=font(height))
    return image


def ink_box(text: str, x: int, y: int, height: int = 28) -> Bbox:
    """The box of a text's ink drawn by draw_at."""
    left, top, right, bottom = font(height).getbbox(text)
    return Bbox(int(x + left), int(y + top), int(x + right), int(y + bottom))


def pixels(image: Image.Image) -> Pixels:
    return np.asarray(image.convert("RGB"))


def encoded(image: Image.Image, kind: str, **settings: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **settings)
    return buffer.getvalue()
