"""The width at which PP-OCR reads a line: wide letters narrowed, condensed ones widened."""

from __future__ import annotations

import numpy as np
import pytest

from app.engines.base import EngineConfig
from app.engines.paddleocr.engine import PaddleOcrEngine
from app.engines.paddleocr.letter_pitch import NARROWEST, WIDEST, stretch_of
from app.engines.runtime.onnx import Network
from app.ocr.options import Options
from app.ocr.source.base import Pixels
from app.tests.drawing import draw_lines, pixels

DOUBLES = "Filling of willing villages will still be skilfully billed"


def line_of(text: str, *, width: float = 1.0, dark: bool = False) -> Pixels:
    """A closely cut line whose letters have the given share of an ordinary font's width."""
    picture = draw_lines(text, margin=6)
    picture = picture.crop((0, 6, picture.width, 48))
    drawn = pixels(picture.resize((round(picture.width * width), picture.height)))
    return np.asarray(255 - drawn if dark else drawn, np.uint8)


def test_stretch_makes_up_for_the_width_of_letters() -> None:
    plain = stretch_of(line_of(DOUBLES))
    assert stretch_of(line_of(DOUBLES, width=0.8)) == pytest.approx(plain / 0.8, rel=0.1)
    assert stretch_of(line_of(DOUBLES, dark=True)) == pytest.approx(plain, rel=0.05)


def test_stretch_has_limits() -> None:
    assert stretch_of(line_of(DOUBLES, width=0.4)) == WIDEST
    assert stretch_of(line_of("Wide letters", width=2.5)) == NARROWEST
    assert stretch_of(np.full((40, 300, 3), 255, np.uint8)) == 1.0
    assert stretch_of(np.zeros((1, 1), np.uint8)) == 1.0


@pytest.fixture(scope="module")
def engine() -> PaddleOcrEngine:
    return PaddleOcrEngine(EngineConfig(profile="full"))


def test_condensed_line_keeps_its_double_letters(engine: PaddleOcrEngine) -> None:
    condensed = line_of(DOUBLES, width=0.6)
    text, _ = engine.read_line(condensed, Options(languages=("eng",)))
    assert text == DOUBLES


class Widths:
    """Stands in for the quick network and notes how wide its batches are."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.seen: list[int] = []

    def __call__(self, batch: np.ndarray) -> np.ndarray:
        self.seen.append(batch.shape[3])
        return self.network(batch)


def test_only_wide_letters_of_long_lines_are_narrowed(engine, monkeypatch) -> None:
    quick = engine.page_reader.readers.early
    widths = Widths(quick.network)
    monkeypatch.setattr(quick, "network", widths)
    wide = line_of("Wide letters on a long line", width=2)
    natural = 48 * wide.shape[1] / wide.shape[0]
    engine.read_quickly(wide, Options(languages=("eng",)))
    engine.read_quickly(wide, Options(languages=("jpn",)))
    engine.read_quickly(line_of("No", width=1.5), Options(languages=("eng",)))
    narrowed, asian, short = widths.seen
    assert narrowed == pytest.approx(NARROWEST * natural, abs=8)
    assert asian == pytest.approx(natural, abs=8)
    assert short == 160
