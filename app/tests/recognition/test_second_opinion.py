"""Tesseract reads only the lines of which a head is not confident."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from app.engines.base import Availability, Engine, EngineConfig
from app.ocr.layout import unordered_blocks
from app.ocr.options import Options
from app.ocr.result import Bbox, Line, Page, Word
from app.ocr.source.base import Pixels
from app.recognition.auto.head_search import language_of_text
from app.recognition.auto.second_opinion import with_second_opinion

SHEET: Pixels = np.full((200, 600, 3), 255, np.uint8)
RUSSIAN = Options(languages=("rus",))


@dataclass
class OtherReading:
    confidence: float
    asked: int = 0


class FakeTesseract(Engine):
    name = "tesseract"
    title = "Tesseract"

    def __init__(self, reading: OtherReading) -> None:
        super().__init__(EngineConfig())
        self.reading = reading

    def availability(self) -> Availability:
        return Availability(True)

    def languages(self) -> tuple[str, ...]:
        return ("rus",)

    def recognize(self, pixels: Pixels, options: Options) -> Page:
        self.reading.asked += 1
        height, width = pixels.shape[:2]
        words = (Word("иначе", Bbox(12, 12, width - 12, height - 12), self.reading.confidence),)
        return Page(1, width, height, unordered_blocks([Line(words)]), engine=self.name)


@pytest.mark.parametrize(
    ("own", "other", "text"),
    [
        pytest.param(0.99, 0.99, "слово", id="sure: not asked"),
        pytest.param(0.95, 0.93, "иначе", id="unsure, the other is sure"),
        pytest.param(0.95, 0.85, "слово", id="unsure, the other more so"),
        pytest.param(0.60, 0.70, "иначе", id="both unsure, the other less"),
        pytest.param(0.60, 0.62, "слово", id="both as unsure"),
    ],
)
def test_surer_reading_of_a_line_stays(own: float, other: float, text: str) -> None:
    line = Line((Word("слово", Bbox(40, 40, 300, 80), own),))
    page = Page(1, 600, 200, unordered_blocks([line]), engine="paddleocr")
    reading = OtherReading(other)
    found = with_second_opinion(page, SHEET, FakeTesseract(reading), RUSSIAN)
    assert found.text == text
    assert reading.asked == (0 if own > 0.97 else 1)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Уважаемые коллеги, собрание состоится в пятницу", "rus"),
        ("Шановні колеги, збори відбудуться у п'ятницю", "ukr"),
        ("Ωραίος καιρός σήμερα", "ell"),
        ("Please send the contract", None),
        ("2026 12.50", None),
    ],
)
def test_language_of_a_page_that_heads_have_read(text: str, language: str | None) -> None:
    assert language_of_text(text) == language
