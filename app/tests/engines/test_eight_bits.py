"""Copies of networks that compute with 8-bit integers, and when they take the originals' place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine, eight_bits
from app.engines.paddleocr.eight_bits import COPIES, QUICK_FEATURES, load_convolutions
from app.engines.paddleocr.heads.catalog import FEATURES
from app.engines.paddleocr.models import digest, find_models
from app.engines.paddleocr.recognition import normalized
from app.engines.runtime import available
from app.engines.runtime.available import multiplies_bytes
from app.engines.runtime.onnx import OnnxModel, Runtime
from app.ocr.options import Options
from app.tests.drawing import PROSE, draw_lines, pixels

# A recognizer and the tensor at which it is cut.
Part = tuple[Path, str]

with_vnni = pytest.mark.skipif(not multiplies_bytes(), reason="this processor has no VNNI")


@pytest.fixture(params=["tiny", "small"])
def part(request: pytest.FixtureRequest) -> Part:
    found = find_models(request.param, None)
    assert found
    return found.recognizer, QUICK_FEATURES if request.param == "tiny" else FEATURES


@pytest.fixture
def on_processor(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    def pretend(has: bool) -> None:
        monkeypatch.setattr(eight_bits, "multiplies_bytes", lambda: has)

    return pretend


def test_the_installed_recognizers_have_copies_made_from_them(part: Part) -> None:
    copy = COPIES[digest(part[0]), part[1]]
    assert OnnxModel(copy).metadata("recognizer") == digest(part[0])


@with_vnni
def test_a_copy_has_nearly_the_same_features(
    part: Part, on_processor: Callable[[bool], None]
) -> None:
    batch, _ = normalized(pixels(draw_lines("Signed at noon on 31 May 2024", margin=4)))
    features = []
    for has in (False, True):
        on_processor(has)
        features.append(load_convolutions(*part, Runtime())(batch))
    exact, rounded = features
    difference = np.square(exact - rounded).mean() / np.square(exact).mean()
    assert 0 < difference < 0.15**2


@with_vnni
@pytest.mark.parametrize("size", ["tiny", "small"])
def test_pages_are_read_alike_with_and_without(
    size: str, on_processor: Callable[[bool], None]
) -> None:
    page = pixels(draw_lines(*PROSE))
    texts = []
    for has in (False, True):
        on_processor(has)
        read = PaddleOcrEngine(EngineConfig(), size).recognize(page, Options(languages=("eng",)))
        texts.append(sorted(line.text for block in read.blocks for line in block.lines))
    assert texts[0] == texts[1] == sorted(PROSE)


def test_another_network_is_computed_as_it_is(
    part: Part, on_processor: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[Path | bytes] = []
    monkeypatch.setattr(Runtime, "load", lambda self, model, **_: loaded.append(model))
    on_processor(True)
    load_convolutions(*part, Runtime())
    load_convolutions(*part, Runtime("openvino"))
    load_convolutions(part[0], "", Runtime())
    monkeypatch.setattr(eight_bits, "COPIES", {})
    load_convolutions(*part, Runtime())
    assert [isinstance(model, Path) for model in loaded] == [True, False, False, False]


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("processor\t: 0\nflags\t\t: fpu avx512_vnni\n", True),
        ("flags\t\t: fpu avx2 avx_vnni\n", True),
        ("flags\t\t: fpu avx2\n", False),
        ("Features\t: fp asimddp\n", False),
        (None, False),
    ],
)
def test_vnni_is_read_from_the_kernel(
    text: str | None, has: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "cpuinfo"
    if text is not None:
        file.write_text(text)
    monkeypatch.setattr(available, "CPU_INFO", file)
    multiplies_bytes.cache_clear()
    try:
        assert multiplies_bytes() is has
    finally:
        multiplies_bytes.cache_clear()
