"""A network cut into two parts gives the same result as the whole."""

from __future__ import annotations

import numpy as np
import pytest

from app.engines.paddleocr import eight_bits
from app.engines.paddleocr.heads.catalog import FEATURES
from app.engines.paddleocr.heads.graph_cut import cut
from app.engines.paddleocr.heads.trunk import PackagedNetwork, SharedTrunk
from app.engines.paddleocr.models import find_models
from app.engines.paddleocr.recognition import normalized
from app.engines.runtime.onnx import Runtime
from app.tests.drawing import draw_lines, pixels

MODELS = find_models("small", None)
pytestmark = pytest.mark.skipif(MODELS is None, reason="PP-OCR's small models are missing")


def test_both_parts_together_equal_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MODELS
    monkeypatch.setattr(eight_bits, "multiplies_bytes", lambda: False)
    batch, _ = normalized(pixels(draw_lines("Signed at noon", margin=4)))
    runtime = Runtime()
    model = MODELS.recognizer.read_bytes()
    parts = PackagedNetwork(SharedTrunk(MODELS.recognizer, runtime), model, runtime, end="")
    whole = runtime.load(MODELS.recognizer)
    np.testing.assert_allclose(parts(batch), whole(batch), atol=1e-5)
    assert parts.metadata("character") == whole.metadata("character")


def test_a_line_passes_the_trunk_once() -> None:
    assert MODELS
    trunk = SharedTrunk(MODELS.recognizer, Runtime())
    one, other = (normalized(pixels(draw_lines(text)))[0] for text in ("one line", "another"))
    features = trunk(one)
    assert trunk(one.copy()) is features
    assert trunk(other) is not features


@pytest.mark.parametrize("keep", [0, 40, 100_000])
def test_a_damaged_file_is_refused(keep: int) -> None:
    assert MODELS
    with pytest.raises(ValueError, match=r"graph|early|message"):
        cut(MODELS.recognizer.read_bytes()[:keep], end=FEATURES)


def test_a_tensor_that_is_not_there_is_refused() -> None:
    assert MODELS
    with pytest.raises(ValueError, match="no part"):
        cut(MODELS.recognizer.read_bytes(), end="elsewhere")
