"""EasyOCR and the original PaddleOCR: in full where installed, otherwise their refusals."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.engines.base import EngineConfig
from app.engines.lines.boxed_text import BoxedText, blocks_of_boxed_text
from app.engines.registry import create_engine
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.result import Bbox
from app.tests.drawing import PROSE, draw_lines, pixels

# Environment variables that name a folder with models, for a run with all extras installed.
FOLDERS = {"easyocr": "TEST_MODELS_EASYOCR", "paddleocr-original": "TEST_MODELS_PADDLEOCR"}


@pytest.mark.parametrize(("name", "variable"), FOLDERS.items())
def test_reads_with_local_models(name: str, variable: str) -> None:
    folder = os.environ.get(variable)
    config = EngineConfig(model_dirs={name: Path(folder)} if folder else {})
    engine = create_engine(name, config)
    if not engine.availability().available:
        pytest.skip(engine.availability().reason)
    page = engine.recognize(pixels(draw_lines(*PROSE)), Options(languages=("eng",)))
    assert page.text.split() == " ".join(PROSE).split()


@pytest.mark.parametrize("name", FOLDERS)
def test_missing_models_are_asked_for(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = create_engine(name, EngineConfig()).__module__
    monkeypatch.setattr(f"{module}.find_spec", lambda package: object())
    found = create_engine(name, EngineConfig(model_dirs={name: tmp_path})).availability()
    assert not found.available
    assert f"OCR_MODEL_DIRS={name}=" in found.reason


def test_openvino_reads_what_onnx_runtime_reads() -> None:
    pytest.importorskip("openvino", reason="Install requirements-openvino.txt.")
    picture, english = pixels(draw_lines(*PROSE)), Options(languages=("eng",))
    openvino, onnx_runtime = (
        create_engine("paddleocr", EngineConfig(runtime=runtime)).recognize(picture, english)
        for runtime in ("openvino", "onnxruntime")
    )
    assert openvino.text == onnx_runtime.text
    assert {line.text for line in openvino.lines} == set(PROSE)


def test_unknown_runtime_is_refused_with_what_there_is() -> None:
    engine = create_engine("paddleocr", EngineConfig(runtime="abacus"))
    with pytest.raises(OcrError, match="OCR_RUNTIME to one of onnxruntime") as refused:
        engine.recognize(pixels(draw_lines(*PROSE)), Options(languages=("eng",)))
    assert refused.value.code == "engine_unavailable"


def test_easyocr_reads_the_languages_of_the_models_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "cyrillic_g2.pth").touch()
    engine = create_engine("easyocr", EngineConfig(model_dirs={"easyocr": tmp_path}))
    assert engine.languages() == ("bel", "bul", "eng", "rus", "ukr")


def test_words_share_the_width_of_their_line() -> None:
    (block,) = blocks_of_boxed_text([BoxedText("ab cdef", Bbox(100, 10, 170, 30), 0.8)])
    first, second = block.lines[0].words
    assert first == first.__class__("ab", Bbox(100, 10, 120, 30), 0.8)
    assert second.bbox == Bbox(130, 10, 170, 30)


def test_words_of_right_to_left_lines_begin_at_the_right() -> None:
    (block,) = blocks_of_boxed_text([BoxedText("امروز هوا", Bbox(0, 0, 90, 20), 0.8)])
    first, second = block.lines[0].words
    assert (first.text, first.bbox.right) == ("امروز", 90)
    assert second.bbox.left == 0
