"""The last layer of a recognizer, for all of its characters and for those of a page."""

from __future__ import annotations

import numpy as np
import pytest

from app.engines.paddleocr.ctc import BLANK, best_of
from app.engines.paddleocr.heads.graph_cut import LastLayer, cut, last_layer
from app.engines.paddleocr.models import find_models
from app.engines.paddleocr.output_layer import OutputLayer
from app.engines.paddleocr.recognition import normalized
from app.engines.runtime.onnx import Runtime
from app.tests.drawing import draw_lines, pixels

ALLOWED = np.array([BLANK, 1, 2])


def layer_of(classes: int) -> OutputLayer:
    """Each class has a feature of its own, which is its logit."""
    return OutputLayer(LastLayer("", np.eye(classes, dtype=np.float32), np.zeros(classes, "f4")))


def steps_of(*classes: int, count: int = 5) -> np.ndarray:
    features = np.zeros((len(classes), count), np.float32)
    features[np.arange(len(classes)), classes] = 9.0
    return features


@pytest.mark.parametrize("size", ["tiny", "small"])
def test_layer_gives_what_the_whole_network_gives(size: str) -> None:
    models = find_models(size, None)
    if models is None:
        pytest.skip("PP-OCR's models are missing")
    model = models.recognizer.read_bytes()
    layer = last_layer(model)
    assert layer
    batch, _ = normalized(pixels(draw_lines("Signed at noon", margin=4)))
    whole = best_of(Runtime().load(models.recognizer)(batch)[0])
    parted = OutputLayer(layer).best(Runtime().load(cut(model, end=layer.features))(batch)[0])
    np.testing.assert_array_equal(parted.classes, whole.classes)
    np.testing.assert_allclose(parted.sure, whole.sure, atol=1e-4)


def test_line_of_allowed_characters_is_as_sure_as_among_all() -> None:
    features = steps_of(1, BLANK, 2, BLANK, BLANK, 1)
    found, has_others = layer_of(5).best_allowed(features, ALLOWED)
    assert not has_others
    assert found.classes.tolist() == [1, BLANK, 2, BLANK, BLANK, 1]
    np.testing.assert_allclose(found.sure, layer_of(5).best(features).sure, atol=1e-3)


def test_line_of_other_characters_is_read_unsurely() -> None:
    """Otherwise smudges and other scripts would be taken for text."""
    features = steps_of(3, BLANK, 4, BLANK, 3, BLANK)
    features[[0, 2, 4], 1] = 5.0  # the most likely of the allowed ones
    found, has_others = layer_of(5).best_allowed(features, ALLOWED)
    assert has_others
    assert found.classes.tolist() == [1, BLANK, 1, BLANK, 1, BLANK]
    assert found.sure[[0, 2, 4]].max() < 0.1


def test_characters_that_pass_for_blanks_are_noticed() -> None:
    features = steps_of(*(3 for _ in range(20)))
    assert layer_of(5).best_allowed(features, ALLOWED)[1]


def test_alphabets_may_take_turns() -> None:
    layer = layer_of(5)
    features = steps_of(3)
    for allowed, expected in ((ALLOWED, False), (np.array([BLANK, 3, 4]), True)) * 2:
        assert (layer.best_allowed(features, allowed)[0].classes.tolist() == [3]) is expected


def test_network_that_ends_otherwise_has_no_such_layer() -> None:
    models = find_models("small", None)
    if models is None:
        pytest.skip("PP-OCR's models are missing")
    assert last_layer(models.detector.read_bytes()) is None
