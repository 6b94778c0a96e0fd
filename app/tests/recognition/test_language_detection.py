"""Which scripts are tried on a page that PP-OCR did not read plausibly, and which one wins."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from app.engines.base import EngineConfig
from app.engines.tesseract import TesseractEngine
from app.ocr.options import Options
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.ocr.source.base import Pixels
from app.recognition.auto.language_detection import guess_by_tesseract
from app.tests.drawing import PROSE, draw_lines, pixels

SHEET = np.full((60, 200), 255, np.uint8)
RUSSIAN = "Уважаемые коллеги собрание состоится в пятницу"
THAI = "การประชุมจะจัดขึ้นในวันศุกร์"
HINDI = "बैठक शुक्रवार को सुबह दस बजे होगी"


def page_of(text: str, confidence: float) -> Page:
    words = tuple(Word(each, Bbox(0, 0, 9, 9), confidence) for each in text.split())
    return Page(1, 200, 60, (Block((Line(words),)),) if words else ())


NONSENSE = page_of("yBaxaeMbIe KonnerN co6paHNe", 0.93)
NOTHING = page_of("", 0)


@dataclass
class FakeTesseract:
    """readings: language -> text and confidence; asked: languages in the order of being asked."""

    named: str | None
    readings: dict[str, tuple[str, float]]
    asked: list[str] = field(default_factory=list)

    def languages(self) -> tuple[str, ...]:
        return ("ara", "ell", "eng", "frk", "heb", "hin", "kor", "rus", "tha")

    def script(self, image: Pixels) -> str | None:
        return self.named

    def recognize(self, image: Pixels, options: Options) -> Page:
        (language,) = options.languages
        self.asked.append(language)
        return page_of(*self.readings.get(language, ("", 0)))


def test_page_named_latin_is_not_read_again() -> None:
    tesseract = FakeTesseract("Latin", {"rus": (RUSSIAN, 0.99)})
    assert guess_by_tesseract(tesseract, SHEET, SHEET, NONSENSE) is None
    assert tesseract.asked == []


def test_named_script_is_tried_first_and_believed_when_read_surely() -> None:
    tesseract = FakeTesseract("Thai", {"tha": (THAI, 0.94)})
    assert guess_by_tesseract(tesseract, SHEET, SHEET, NOTHING) == "tha"
    assert tesseract.asked == ["tha"]


def test_script_with_latin_lookalikes_must_beat_latin() -> None:
    sure = FakeTesseract("Cyrillic", {"rus": (RUSSIAN, 0.95), "eng": ("yBaxaeMbIe", 0.5)})
    assert guess_by_tesseract(sure, SHEET, SHEET, NONSENSE) == "rus"
    receipt = FakeTesseract("Cyrillic", {"rus": ("ТОТАL САЅН", 0.9), "eng": ("TOTAL CASH", 0.94)})
    assert guess_by_tesseract(receipt, SHEET, SHEET, NONSENSE) is None


def test_nonsense_of_another_script_does_not_win() -> None:
    """Tesseract's Thai reads anything at a confidence of about 0.7."""
    readings = {"tha": (THAI, 0.71), "rus": (RUSSIAN, 0.96), "eng": ("yBaxaeMbIe", 0.46)}
    tesseract = FakeTesseract(None, readings)
    assert guess_by_tesseract(tesseract, SHEET, SHEET, NOTHING) == "rus"


def test_unfamiliar_page_is_tried_in_scripts_unlike_latin_first() -> None:
    tesseract = FakeTesseract(None, {"hin": (HINDI, 0.95)})
    assert guess_by_tesseract(tesseract, SHEET, SHEET, NOTHING) == "hin"
    assert tesseract.asked == ["ara", "kor", "hin"]


def test_search_is_short_where_tesseract_named_a_script() -> None:
    tesseract = FakeTesseract("Greek", {})
    assert guess_by_tesseract(tesseract, SHEET, SHEET, NONSENSE) is None
    assert len(tesseract.asked) == 3
    assert tesseract.asked[0] == "ell"


@pytest.mark.parametrize("backend", ["tesserocr", "program"])
def test_script_of_a_page(backend: str) -> None:
    engine = TesseractEngine(EngineConfig(), backend)
    assert engine.script(pixels(draw_lines(*PROSE, size=48))) == "Latin"
    assert engine.script(pixels(draw_lines("2026"))) is None


@pytest.mark.parametrize("backend", ["tesserocr", "program"])
def test_script_is_unknown_without_its_data(backend: str, tmp_path: Path) -> None:
    (tmp_path / "eng.traineddata").touch()
    engine = TesseractEngine(EngineConfig(tessdata=tmp_path), backend)
    assert engine.script(pixels(draw_lines(*PROSE))) is None
