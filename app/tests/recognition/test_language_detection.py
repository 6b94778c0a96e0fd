"""Scripts tried on a page that PP-OCR did not read plausibly, and the one that wins."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from app.engines.base import EngineConfig
from app.engines.runtime.onnx import Floats
from app.engines.tesseract import TesseractEngine
from app.ocr.options import Options
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.ocr.source.base import Pixels
from app.recognition.auto.language_detection import guess_by_tesseract
from app.recognition.auto.line_sample import sample_of_lines
from app.tests.drawing import PROSE, draw_at, draw_lines, pixels

SHEET = np.full((60, 200), 255, np.uint8)
UKRAINIAN = "Шановні колеги збори відбудуться у п'ятницю"
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
    """readings: language -> text and confidence; asked: languages in order of use."""

    named: str | None
    readings: dict[str, tuple[str, float]]
    installed: tuple[str, ...] = ("ara", "ell", "eng", "frk", "heb", "hin", "kor", "rus", "tha")
    asked: list[str] = field(default_factory=list)

    def languages(self) -> tuple[str, ...]:
        return self.installed

    def script(self, image: Pixels) -> str | None:
        return self.named

    def recognize(self, image: Pixels, options: Options) -> Page:
        (language,) = options.languages
        self.asked.append(language)
        return page_of(*self.readings.get(language, ("", 0)))


def test_word_that_is_latin_as_well_names_no_script() -> None:
    tesseract = FakeTesseract(None, {"rus": ("Тахі", 0.95), "eng": ("Taxi", 0.85)})
    assert guess_by_tesseract(tesseract, SHEET, SHEET, page_of("Taxi", 0.99)) is None


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


def test_roman_type_that_ppocr_reads_surely_is_no_fraktur() -> None:
    """Tesseract's Fraktur reads receipts, whose words belong to no language, with slightly more
    confidence."""
    readings = {"frk": ("TOTAL CAJH", 0.95), "eng": ("T0TAL CA5H", 0.9)}
    receipt, old_print = page_of("TOTAL CASH", 0.99), page_of("TOTAL CAFH", 0.95)
    assert guess_by_tesseract(FakeTesseract(None, readings), SHEET, SHEET, receipt) is None
    assert guess_by_tesseract(FakeTesseract(None, readings), SHEET, SHEET, old_print) == "frk"


def test_nonsense_of_another_script_does_not_win() -> None:
    """Tesseract's Thai reads any text with a confidence of about 0.7."""
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


def test_sister_language_that_reads_surer_is_believed() -> None:
    """The Russian model reads Ukrainian with its own letters, and the result looks Russian."""
    readings = {"rus": (RUSSIAN, 0.85), "ukr": (UKRAINIAN, 0.95), "eng": ("yBaxaeMbIe", 0.5)}
    installed = ("eng", "rus", "ukr")
    tesseract = FakeTesseract("Cyrillic", readings, installed)
    assert guess_by_tesseract(tesseract, SHEET, SHEET, NONSENSE) == "ukr"
    readings["ukr"] = (UKRAINIAN, 0.86)
    assert guess_by_tesseract(tesseract, SHEET, SHEET, NONSENSE) == "rus"


def test_sample_has_whole_lines() -> None:
    """A detector breaks a spaced line into pieces, in which Tesseract reads nonsense."""
    page = pixels(draw_at((900, 200), (40, 40, "first part"), (260, 40, "second part")))
    pieces = [corners(38, 38, 220, 76), corners(255, 40, 480, 78)]
    whole = sample_of_lines(page, pieces[::-1])
    assert whole is not None
    assert whole.shape[1] > 440
    assert whole.shape[0] < 2 * 40
    apart = sample_of_lines(page, [pieces[0], corners(700, 40, 880, 78)])
    assert apart is not None
    assert apart.shape[0] >= 2 * 40


def corners(left: int, top: int, right: int, bottom: int) -> Floats:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


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
