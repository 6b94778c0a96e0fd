"""Symbols that the packaged recognizer was not trained on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PIL import Image, ImageDraw

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.heads.symbols import may_hide_symbols, with_per_mille, with_symbols
from app.ocr.options import Options
from app.tests.conftest import require_font
from app.tests.drawing import draw_lines, pixels


@pytest.fixture(scope="module")
def engine() -> PaddleOcrEngine:
    return PaddleOcrEngine(EngineConfig())


def line_of(text: str, confidence: float = 0.9) -> list[Character]:
    return [Character(each, at / len(text), confidence) for at, each in enumerate(text)]


@pytest.mark.parametrize(
    ("read", "seen", "meant"),
    [
        ("34 Liter Milch", "¾ Liter Milch", "¾ Liter Milch"),
        ("Mehl 1½4 Tasse", "Mehl 1¼ Tasse", "Mehl 1¼ Tasse"),
        ("um 3 %o mehr", "um 3 ‰ mehr", "um 3 ‰ mehr"),
        ("Hola! ¿Qué tal?", "¡Hola! ¿Que tal?", "¡Hola! ¿Qué tal?"),
        ("Straße 34", "Strase 34", "Straße 34"),
        ("12½ %", "12¾ %", "12½ %"),
        ("34 Wörter", "¾orter", "34 Wörter"),
    ],
)
def test_only_symbols_are_taken_from_the_other_reading(read: str, seen: str, meant: str) -> None:
    settled = with_symbols(line_of(read), line_of(seen))
    assert "".join(each.text for each in settled) == meant
    assert all(one.position <= other.position + 0.1 for one, other in pairwise(settled))


def test_unsure_sign_is_not_taken() -> None:
    """Even more confidence is needed where PP-OCR reads a half, which it knows."""
    assert with_symbols(line_of("34 Liter"), line_of("¾ Liter", 0.6)) == line_of("34 Liter")


@pytest.mark.parametrize(
    ("text", "languages", "may"),
    [
        ("34 Liter", ("deu",), True),
        ("Invoice 12.34", ("eng",), False),
        ("2014 and 340", ("eng",), False),
        ("Hola!", ("spa",), True),
        ("Stop!", ("eng",), False),
        ("Señor, sí!", ("eng", "auto"), True),
    ],
)
def test_few_lines_are_looked_at_again(text: str, languages: tuple[str, ...], may: bool) -> None:
    assert may_hide_symbols(text, languages) is may


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("deu", "Mehl 1¼ Tasse, ¾ Liter Milch"),
        ("deu", "um 3 ‰ und 5 % mehr"),
        ("spa", "¡Hola, señor! ¿Qué tal?"),
        ("eng", "Pay 34 euros for 14 tickets"),
    ],
)
def test_symbols_in_a_drawn_line(engine: PaddleOcrEngine, language: str, text: str) -> None:
    line = pixels(draw_lines(text, margin=8, face=require_font("DejaVuSans.ttf", 40)))
    read, _ = engine.read_line(line, Options(languages=(language,)))
    assert read == text


@pytest.mark.parametrize("size", [24, 40])
@pytest.mark.parametrize("font_name", ["DejaVuSans.ttf", "DejaVuSerif.ttf"])
@pytest.mark.parametrize(("sign", "text"), [("‰", "3,8 ‰"), ("%", "3,8 %"), ("‰", "86‰ mehr")])
def test_rings_tell_per_mille_from_percent(sign: str, text: str, font_name: str, size: int) -> None:
    font = require_font(font_name, size)
    width = round(font.getlength(text)) + 20
    image = Image.new("RGB", (width, 2 * size), "white")
    ImageDraw.Draw(image).text((10, size // 3), text, fill="black", font=font)
    middles = [
        10 + (font.getlength(text[:at]) + font.getlength(text[: at + 1])) / 2
        for at in range(len(text))
    ]
    read = [
        Character("%" if each == "‰" else each, middle / width, 0.9)
        for each, middle in zip(text, middles, strict=True)
    ]
    found, _ = with_per_mille(pixels(image), read)
    assert "".join(each.text for each in found) == text
    assert sign in text


def test_percent_sign_without_a_number_stays() -> None:
    read = line_of("of %o")
    assert with_per_mille(pixels(Image.new("RGB", (80, 30), "white")), read) == (read, False)
