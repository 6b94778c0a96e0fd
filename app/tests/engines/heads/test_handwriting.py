"""Doubtful handwriting in Latin letters, told from print."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.heads.handwriting import SURE, HandwritingClassifier
from app.ocr.options import Options
from app.ocr.source.base import Pixels
from app.tests.conftest import require_font
from app.tests.drawing import pixels

TEXTS = ("Dear friends at home", "thank you for the long letter", "we shall be back by Sunday")


@pytest.fixture(scope="module")
def engine() -> PaddleOcrEngine:
    return PaddleOcrEngine(EngineConfig())


@pytest.fixture(scope="module")
def classifier(engine: PaddleOcrEngine) -> HandwritingClassifier:
    found = engine.page_reader.readers.is_handwritten
    assert found is not None
    return found


def drawn(font: str, *texts: str) -> Pixels:
    face = require_font(font, 40)
    image = Image.new("RGB", (700, 72 * len(texts)), "white")
    for row, text in enumerate(texts):
        ImageDraw.Draw(image).text((10, 72 * row + 8), text, "black", face)
    return pixels(image)


@pytest.mark.parametrize(("font", "written"), [("Breip.ttf", True), ("DejaVuSans.ttf", False)])
def test_a_hand_is_told_from_print(
    classifier: HandwritingClassifier, font: str, written: bool
) -> None:
    for text in TEXTS:
        assert (classifier.odds(drawn(font, text)) >= SURE) == written
        assert classifier(drawn(font, text), text) == written


@pytest.mark.parametrize("text", ["it 4", "Привет друзья", "手書き文字"])
def test_short_text_and_other_letters_are_never_called_handwritten(
    classifier: HandwritingClassifier, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(classifier, "odds", lambda picture: SURE)
    picture = np.full((48, 320, 3), 255, np.uint8)
    assert classifier(picture, "Dear friends")
    assert not classifier(picture, text)


@pytest.mark.parametrize(("font", "written"), [("Breip.ttf", True), ("DejaVuSans.ttf", False)])
def test_one_doubtful_line_in_a_hand_marks_all_lines_in_it(
    engine: PaddleOcrEngine, monkeypatch: pytest.MonkeyPatch, font: str, written: bool
) -> None:
    picture, options = drawn(font, *TEXTS), Options(languages=("eng",))
    legible = "app.engines.paddleocr.page_reader.LEGIBLE"
    monkeypatch.setattr(legible, 0)
    page = engine.recognize(picture, options)
    assert [word.text for word in page.words if word.handwritten] == []
    monkeypatch.setattr(legible, min(line.confidence for line in page.lines) + 1e-6)
    words = list(engine.recognize(picture, options).words)
    assert len(words) == len(" ".join(TEXTS).split())
    assert {word.handwritten for word in words} == {written}
