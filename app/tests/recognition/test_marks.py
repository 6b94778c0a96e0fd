"""Marks of Latin letters come from Tesseract where it sees the same letters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from app.engines.base import Availability, Engine, EngineConfig
from app.ocr.layout import unordered_blocks
from app.ocr.options import Options
from app.ocr.result import Bbox, Line, Page, Word
from app.ocr.source.base import Pixels
from app.recognition.auto.marks import bare, have_marks, with_marks_settled

SHEET: Pixels = np.full((600, 600, 3), 255, np.uint8)
CZECH = Options(languages=("ces",))


@dataclass
class Readings:
    """Tesseract's readings, one line after the other."""

    texts: list[str]
    confidence: float = 0.95
    asked: int = 0


class FakeTesseract(Engine):
    name = "tesseract"
    title = "Tesseract"

    def __init__(self, readings: Readings) -> None:
        super().__init__(EngineConfig())
        self.readings = readings

    def availability(self) -> Availability:
        return Availability(True)

    def languages(self) -> tuple[str, ...]:
        return ("ces",)

    def recognize(self, pixels: Pixels, options: Options) -> Page:
        text = self.readings.texts[self.readings.asked]
        self.readings.asked += 1
        height, width = pixels.shape[:2]
        line = Line(words_of(text, 12, self.readings.confidence))
        return Page(1, width, height, unordered_blocks([line]), engine=self.name)


def words_of(text: str, top: int, confidence: float = 0.99) -> tuple[Word, ...]:
    return tuple(
        Word(each, Bbox(12 + 90 * at, top, 90 + 90 * at, top + 30), confidence)
        for at, each in enumerate(text.split())
    )


def settle(own: list[str], readings: Readings, options: Options = CZECH) -> list[str]:
    lines = [Line(words_of(text, 20 + 50 * at)) for at, text in enumerate(own)]
    page = Page(1, 600, 600, unordered_blocks(lines), engine="paddleocr")
    settled = with_marks_settled(page, SHEET, FakeTesseract(readings), options)
    return [line.text for line in settled.lines]


@pytest.mark.parametrize(
    ("own", "other", "text"),
    [
        ("zlutoucky kůn", "žluťoučký kůň", "žluťoučký kůň"),
        ("d'atel žrat", "ďatel žrať", "ďatel žrať"),
        ("ilik aksam", "ılık akşam", "ılık akşam"),
        ("Zazółc gesla", "Zażółć gęślą", "Zażółć gęślą"),
        ('rekl "ano"', "řekl „ano“", "řekl „ano“"),
        ("pokoj 1O1 cervena", "pckoj 101 červená", "pokoj 1O1 červená"),
        ("slovo", "", "slovo"),
    ],
)
def test_marks_are_taken_and_other_letters_are_not(own: str, other: str, text: str) -> None:
    assert settle([own], Readings([other])) == [text]


def test_unsure_marks_are_not_taken() -> None:
    assert settle(["dabel"], Readings(["ďábel"], confidence=0.4)) == ["dabel"]


def test_page_that_tesseract_cannot_read_costs_four_lines() -> None:
    readings = Readings(["~ | ,.", "", "lc", "x"] + ["žába"] * 6)
    assert settle(["zaba sedi"] * 10, readings) == ["zaba sedi"] * 10
    assert readings.asked == 4


def test_numbers_are_not_asked_about() -> None:
    readings = Readings(["žába"])
    assert settle(["12.50 4711", "zaba"], readings) == ["12.50 4711", "žába"]
    assert readings.asked == 1


def test_only_lines_with_quotations_are_read_again_in_german() -> None:
    readings = Readings(["Er sagte: „Guten Morgen“.", "Das ‚kleine‘ Haus"])
    own = ["Grösse und Höhe", "Er sagte: Guten Morgen“.", "Das ,kleine' Haus"]
    read = settle(own, readings, Options(languages=("deu",)))
    assert read == [own[0], *readings.texts]
    assert readings.asked == 2


def test_languages_of_western_europe_are_read_once() -> None:
    assert have_marks(("eng", "pol"))
    assert not have_marks(("eng", "deu", "fra", "spa", "ita", "por", "swe"))


@pytest.mark.parametrize("text", ["Łódź ığdır", "ďábelské ódy", "„slovo“", "ﬁ ½"])
def test_bare_text_is_as_long(text: str) -> None:
    assert len(bare(text)) == len(text)
