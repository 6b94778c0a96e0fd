"""Fraktur found by its head."""

from __future__ import annotations

from difflib import SequenceMatcher

import numpy as np
import pytest

from app.engines.base import EngineConfig
from app.engines.paddleocr.heads.script_search import FoundScript
from app.engines.runtime.onnx import Floats
from app.ocr.options import Options
from app.ocr.source.base import Pixels
from app.recognition.auto.head_search import fraktur_by_head
from app.recognition.auto.strategy import AutoStrategy
from app.recognition.pipeline import UprightPage
from app.tests.conftest import require_font
from app.tests.drawing import draw_lines, pixels

SHEET = np.full((60, 320, 3), 255, np.uint8)


class FakeReader:
    def __init__(self, fraktur: tuple[str, float], roman: tuple[str, float], boxes: int) -> None:
        self.readings = {"frk": fraktur, "deu": roman}
        self.boxes = boxes

    def text_boxes(self, pixels: Pixels) -> list[Floats]:
        return [np.array([[10, 10], [300, 10], [300, 50], [10, 50]], np.float32)] * self.boxes

    def find_script(self, lines: list[Pixels]) -> FoundScript | None:
        raise AssertionError("the head of Fraktur alone is asked")

    def read_line(self, line: Pixels, options: Options) -> tuple[str, float]:
        return self.readings[options.languages[0]]


@pytest.mark.parametrize(
    ("fraktur", "roman", "boxes", "found"),
    [
        (("Es iſt ſo geſchehen", 0.96), ("Es ist fo gefchehen", 0.9), 2, "frk"),
        (("Es ist so geschehen", 0.96), ("Es ist so geschehen", 0.9), 2, None),
        (("Es iſt ſo geſchehen", 0.9), ("Es ist so geschehen", 0.9), 2, None),
        (("", 0.0), ("", 0.0), 0, None),
    ],
    ids=["long s read surer", "no long s", "roman as sure", "empty page"],
)
def test_head_tells_fraktur_from_roman_type(
    fraktur: tuple[str, float], roman: tuple[str, float], boxes: int, found: str | None
) -> None:
    assert fraktur_by_head(FakeReader(fraktur, roman, boxes), SHEET) == found


def test_page_in_fraktur_is_found_without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    strategy = AutoStrategy(EngineConfig())
    monkeypatch.setattr(AutoStrategy, "_tesseract_languages", lambda _: ())
    monkeypatch.setattr(AutoStrategy, "_guess_by_tesseract", lambda *_: None)
    lines = (
        "Es iſt ein ſchöner Tag, und die Sonne ſcheint über",
        "die Häuſer der Stadt, in welcher ſeit langer Zeit",
        "niemand mehr ſo viel Licht geſehen hat, wie heute.",
    )
    page = pixels(draw_lines(*lines, face=require_font("Blankenburg_UNZ1A.ttf", 40)))
    read = strategy.read(UprightPage(page, None), Options(languages=("auto",)))
    assert (read.languages, read.engine) == (("frk",), "paddleocr")
    likeness = SequenceMatcher(None, " ".join(read.text.split()), " ".join(lines)).ratio()
    assert likeness > 0.97
