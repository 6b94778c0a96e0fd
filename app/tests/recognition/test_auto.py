from __future__ import annotations

import numpy as np
import pytest

from app.engines.base import EngineConfig
from app.engines.runtime.onnx import Floats
from app.ocr.options import Options
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.recognition.auto.coverage import coverage
from app.recognition.auto.language_detection import judge, needs_second_opinion
from app.recognition.auto.language_id import identify
from app.recognition.auto.line_by_line import read_line_by_line
from app.recognition.auto.strategy import AutoStrategy
from app.tests.drawing import draw_at, pixels

ENGLISH = Options(languages=("eng",))


def box(left: int, top: int, right: int, bottom: int) -> Floats:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def page_with(text: str, confidence: float = 0.95, *boxes: Bbox) -> Page:
    words = [Word(each, Bbox(0, 0, 9, 9), confidence) for each in text.split()]
    words += [Word("x", each, confidence) for each in boxes]
    return Page(1, 1000, 1000, (Block((Line(tuple(words)),)),))


def test_coverage_counts_detected_lines_that_were_read() -> None:
    page = Page(1, 1000, 1000, page_with("", 0.9, Bbox(100, 100, 500, 140)).blocks)
    assert coverage(page, [box(100, 100, 500, 140)]) > 0.95
    half = coverage(page, [box(100, 100, 500, 140), box(100, 300, 500, 340)])
    assert half == pytest.approx(0.5, abs=0.05)
    assert coverage(page, []) == 1.0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Rechnung ist innerhalb von vierzehn Tagen zu bezahlen", "deu"),
        ("La facture est payable dans les quatorze jours", "fra"),
        ("这是简体中文的文字，我们来学习说话", "chi_sim"),
        ("這是繁體中文的文字，我們來學習", "chi_tra"),
    ],
)
def test_language_is_identified_among_the_candidates(text: str, language: str) -> None:
    found = identify(text, ("eng", "deu", "fra", "chi_sim", "chi_tra"))
    assert found is not None
    assert found[0] == language


def test_confident_nonsense_needs_a_second_opinion() -> None:
    """PP-OCR's reading of Russian."""
    nonsense = page_with("BbICTpa KopNHHeBa JNca npblraet Hepe3 JeHNByo co6aky", 0.95)
    sense = page_with("Please send the signed contract back until the end of the month", 0.95)
    assert needs_second_opinion(judge(nonsense, ("eng", "deu", "fra", "pol")), nonsense)
    assert not needs_second_opinion(judge(sense, ("eng", "deu", "fra", "pol")), sense)


def test_lines_read_one_by_one_keep_order_and_places() -> None:
    image = pixels(draw_at((700, 300), (50, 40, "First line here"), (50, 140, "Second one")))
    auto = AutoStrategy(EngineConfig())
    boxes = auto.paddle.text_boxes(image)
    page = read_line_by_line(auto.tesseract, image, boxes[::-1], ENGLISH)
    assert page.text.split() == "First line here Second one".split()
    first = next(page.words)
    assert first.bbox.left == pytest.approx(52, abs=6)
    assert first.bbox.top == pytest.approx(46, abs=8)
