"""Spaces beside symbols that the network leaves out."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.words.symbol_spaces import with_symbols_apart
from app.tests.conftest import require_font

FONTS = ["DejaVuSans.ttf", "DejaVuSerif.ttf"]


def read(drawn: str, font_name: str, size: int) -> str:
    """The text of a line that is drawn with spaces and recognized without those beside symbols."""
    font = require_font(font_name, size)
    width = round(font.getlength(drawn)) + 8
    image = Image.new("L", (width, 2 * size), 255)
    ImageDraw.Draw(image).text((4, size // 3), drawn, fill=0, font=font)
    line = []
    for at, text in enumerate(drawn):
        around = drawn[max(0, at - 1) : at + 2]
        if text == " " and not around.replace(" ", "").isalpha():
            continue
        left, right = font.getlength(drawn[:at]), font.getlength(drawn[: at + 1])
        line.append(Character(text, (4 + (left + right) / 2) / width, 0.9))
    found = with_symbols_apart(line, np.asarray(image) < 128)
    return "".join(each.text for each in found)


@pytest.mark.parametrize("size", [16, 30])
@pytest.mark.parametrize("font_name", FONTS)
@pytest.mark.parametrize(
    "text",
    ["36,5 %", "3,8 ‰", "Surname / Nom", "Sexe / Sex", "α + β = γ (3)", "2 × 3 = 6", "5 kg Mehl"],
)
def test_white_beside_a_symbol_is_a_space(text: str, font_name: str, size: int) -> None:
    assert read(text, font_name, size) == text


def test_code_that_is_set_wide_is_one_word() -> None:
    ink = np.zeros((20, 300), np.bool_)
    text = "P<UT0PEB13F28"
    line = [Character(each, (10 + 22 * at) / 300, 0.9) for at, each in enumerate(text)]
    for at in range(len(text)):
        ink[2:18, 4 + 22 * at : 16 + 22 * at] = True
    assert "".join(each.text for each in with_symbols_apart(line, ink)) == text


@pytest.mark.parametrize("text", ["width: 60", "ratio: 9589", 'name: "x"', "(left, 'up')"])
def test_white_as_wide_as_a_monospaced_space_is_one(text: str) -> None:
    assert read(text, "DejaVuSansMono.ttf", 24) == text


@pytest.mark.parametrize("size", [16, 30])
@pytest.mark.parametrize("font_name", [*FONTS, "DejaVuSansMono.ttf"])
@pytest.mark.parametrize(
    "text",
    ["36,5%", "https://name", "and/or", "km/h", "1/2", "24/7", "x=1", "f(x)", "A4", "on-line"],
)
def test_closely_set_symbols_stay(text: str, font_name: str, size: int) -> None:
    assert read(text, font_name, size) == text
