"""Rules, fills and pictures in page pictures."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from app.ocr.prepare.graphics import graphics_of_picture
from app.ocr.result import Bbox

WIDTH, HEIGHT = 1654, 2339  # A4 at 200 dpi


def sheet(colour: int = 255) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (WIDTH, HEIGHT), (colour,) * 3)
    return image, ImageDraw.Draw(image)


def text(draw: ImageDraw.ImageDraw, top: int, lines: int, fill: int = 0) -> None:
    font = ImageFont.load_default(28)
    for number in range(lines):
        words = "The committee of the region will meet in the town hall, 1,204 people said"
        draw.text((120, top + 40 * number), words, font=font, fill=(fill,) * 3)


def pixels(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image)


def test_a_grid_and_no_letters() -> None:
    image, draw = sheet()
    text(draw, 200, 20)
    for y in (1200, 1250, 1300):
        draw.line((200, y, 1400, y), fill=(0, 0, 0), width=2)
    for x in (200, 800, 1400):
        draw.line((x, 1200, x, 1300), fill=(0, 0, 0), width=2)
    rules, fills, pictures = graphics_of_picture(pixels(image))
    assert not fills
    assert not pictures
    across = sorted(rule.bbox.top for rule in rules if rule.is_horizontal)
    down = sorted(rule.bbox.left for rule in rules if not rule.is_horizontal)
    assert across == pytest.approx([1200, 1250, 1300], abs=3)
    assert down == pytest.approx([200, 800, 1400], abs=3)
    widths = [rule.bbox.width for rule in rules if rule.is_horizontal]
    assert widths == pytest.approx([1200] * 3, abs=8)


@pytest.mark.parametrize("width", [1, 2, 6])
@pytest.mark.parametrize("gray", [0, 120])
def test_thin_and_pale_rules(width: int, gray: int) -> None:
    image, draw = sheet()
    draw.line((200, 700, 1400, 700), fill=(gray,) * 3, width=width)
    (rule,) = graphics_of_picture(pixels(image))[0]
    assert rule.bbox.left == pytest.approx(200, abs=4)
    assert rule.bbox.right == pytest.approx(1400, abs=4)


def test_light_rules_on_a_dark_page_and_on_colour() -> None:
    image, draw = sheet(20)
    draw.line((200, 700, 1400, 700), fill=(230, 230, 230), width=3)
    assert len(graphics_of_picture(pixels(image))[0]) == 1
    image, draw = sheet()
    draw.rectangle((200, 600, 1400, 800), fill=(60, 90, 140))
    draw.line((200, 700, 1400, 700), fill=(255, 255, 255), width=3)
    rules, fills, _ = graphics_of_picture(pixels(image))
    assert any(abs(rule.bbox.top - 700) < 5 and rule.bbox.width > 1000 for rule in rules)
    assert fills


def test_a_coloured_band_under_text_is_a_fill() -> None:
    image, draw = sheet()
    draw.rectangle((100, 500, 1500, 560), fill=(210, 220, 240))
    text(draw, 510, 1)
    _, (fill,), pictures = graphics_of_picture(pixels(image))
    assert fill.bbox == pytest.approx((100, 500, 1500, 560), abs=10)
    assert 210 <= fill.gray <= 230
    assert not pictures


def test_a_photo_is_a_picture_without_rules() -> None:
    image, draw = sheet()
    text(draw, 100, 5)
    generator = np.random.default_rng(1)
    small = generator.integers(0, 255, (24, 32, 3), dtype=np.uint8)
    photo = Image.fromarray(small).resize((640, 480), Image.Resampling.BICUBIC)
    image.paste(photo, (400, 900))
    rules, _, (picture,) = graphics_of_picture(pixels(image))
    assert picture == pytest.approx((400, 900, 1040, 1380), abs=16)
    assert not [rule for rule in rules if rule.bbox.top > 890]


def test_curves_of_a_chart_are_pictures() -> None:
    image, draw = sheet()
    points = [(300 + 8 * step, 900 + round(200 * np.sin(step / 9))) for step in range(100)]
    draw.line(points, fill=(200, 30, 30), width=4)
    pictures = graphics_of_picture(pixels(image))[2]
    assert Bbox.around(pictures).width > 600


@pytest.mark.parametrize("degrees", [-1.0, 0.6, 1.0])
def test_leaning_rules_come_in_parts(degrees: float) -> None:
    image, draw = sheet()
    draw.line((200, 700, 1400, 700), fill=(0, 0, 0), width=3)
    turned = image.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    rules = graphics_of_picture(pixels(turned))[0]
    covered = {x for rule in rules for x in range(rule.bbox.left, rule.bbox.right)}
    assert len(covered) == pytest.approx(1200, abs=60)
    for left, top, right, bottom in (rule.bbox for rule in rules):
        x, y = (left + right) / 2 - WIDTH / 2, (top + bottom) / 2 - HEIGHT / 2
        assert y - x * np.tan(np.radians(degrees)) == pytest.approx(700 - HEIGHT / 2, abs=8)


def test_grain_and_a_single_pixel() -> None:
    generator = np.random.default_rng(2)
    noisy = generator.integers(190, 256, (HEIGHT, WIDTH), dtype=np.uint8)
    assert not graphics_of_picture(noisy)[0]
    assert graphics_of_picture(np.zeros((1, 1), np.uint8)) == ((), (), ())


def test_text_that_touches_a_band_is_no_part_of_it() -> None:
    image, draw = sheet()
    draw.rectangle((240, 1000, 1416, 1040), fill=(231, 231, 231))
    for left in (246, 416, 548):
        draw.rectangle((left, 976, left + 60, 999), fill=(60, 60, 60))
    _, fills, _ = graphics_of_picture(pixels(image))
    (band,) = (fill.bbox for fill in fills if fill.gray > 200)
    assert abs(band.top - 1000) <= 8
    assert abs(band.bottom - 1041) <= 8
