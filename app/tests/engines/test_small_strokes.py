"""Apostrophes and second hyphens that the network overlooks."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.engines.lines.crops import Mask
from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.words.small_strokes import with_small_strokes
from app.tests.conftest import require_font

SIZES = [14, 20, 40]
FONTS = ["DejaVuSans.ttf", "DejaVuSerif.ttf", "DejaVuSansMono.ttf"]


def drawn(text: str, seen: str, font_name: str, size: int) -> tuple[list[Character], Mask]:
    """The characters of seen at their places in the drawn text, and its ink."""
    font = require_font(font_name, size)
    width = round(font.getlength(text)) + 8
    image = Image.new("L", (width, 2 * size), 255)
    ImageDraw.Draw(image).text((4, size // 3), text, fill=0, font=font)
    characters, at = [], 0
    for letter in seen:
        at = text.index(letter, at)
        left, right = font.getlength(text[:at]), font.getlength(text[: at + 1])
        characters.append(Character(letter, (4 + (left + right) / 2) / width, 0.9))
        at += 1
    return characters, np.asarray(image) < 128


def read(text: str, seen: str, font_name: str, size: int) -> str:
    return "".join(each.text for each in with_small_strokes(*drawn(text, seen, font_name, size)))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("font_name", FONTS)
@pytest.mark.parametrize(
    "text", ["voir l'état", "dans l'intérieur", "L'organe", "puis d'autres", "alors qu'il vient"]
)
def test_apostrophe_between_letters(text: str, font_name: str, size: int) -> None:
    assert read(text, text.replace("'", ""), font_name, size) == text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("font_name", FONTS)
@pytest.mark.parametrize(
    "text",
    [
        "Linux",
        "dinde livre",
        "têtes mère",
        "quiz",
        "dédié lèpre",
        "ñandú nîmes",
        "un lait",
        "Chair This CASH SHE",
    ],
)
def test_dots_and_accents_are_no_apostrophes(text: str, font_name: str, size: int) -> None:
    assert read(text, text, font_name, size) == text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("font_name", FONTS)
@pytest.mark.parametrize("text", ["use --csv now", "--help", "(--name)"])
def test_second_hyphen_of_an_option(text: str, font_name: str, size: int) -> None:
    assert read(text, text.replace("--", "-"), font_name, size) == text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("font_name", FONTS)
@pytest.mark.parametrize("text", ["use -name now", "a well-known - thing", "-1 to -20", "ab-cd"])
def test_single_hyphen_stays(text: str, font_name: str, size: int) -> None:
    assert read(text, text, font_name, size) == text


def test_line_without_ink_stays() -> None:
    line = [Character("a", 0.5, 0.9)]
    assert with_small_strokes(line, np.zeros((20, 40), bool)) == line
