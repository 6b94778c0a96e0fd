"""Number of squares examined to find the orientation of a page."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from app.engines.base import EngineConfig
from app.engines.runtime.onnx import Floats, Runtime
from app.recognition.direction.network import OrientationModel, find_orientation_model, likeliest
from app.tests.drawing import PROSE, draw_lines, pixels

STRIP = pixels(draw_lines(" ".join(PROSE)))


class Answers:
    """Stand-in for a network that gives the probabilities of 0, 90, 180 and 270 degrees."""

    def __init__(self, answers: Iterable[list[float]]) -> None:
        self.answers = iter(answers)
        self.views = 0

    def __call__(self, batch: Floats) -> Floats:
        self.views += 1
        return np.array([next(self.answers)], np.float32)

    def metadata(self, key: str) -> str:
        return ""


@pytest.fixture
def orientation() -> OrientationModel:
    path = find_orientation_model(EngineConfig())
    assert path is not None
    return OrientationModel(path, Runtime())


def test_view_that_is_surely_upright_settles_it(orientation: OrientationModel) -> None:
    orientation.model = answers = Answers([[0.5, 0.1, 0.3, 0.1], [0.95, 0.02, 0.02, 0.01]])
    assert likeliest(orientation.shares(STRIP)) == 0
    assert answers.views == 2


def test_turned_page_is_told_by_all_views_together(orientation: OrientationModel) -> None:
    orientation.model = answers = Answers(5 * [[0.05, 0.05, 0.85, 0.05]])
    assert likeliest(orientation.shares(STRIP)) == 180
    assert answers.views == 5


def test_page_stays_where_the_views_disagree(orientation: OrientationModel) -> None:
    orientation.model = Answers(2 * [[0.1, 0.1, 0.7, 0.1]] + 3 * [[0.7, 0.1, 0.1, 0.1]])
    assert likeliest(orientation.shares(STRIP)) == 0


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_real_network_turns_a_page_of_prose(orientation: OrientationModel, turned: int) -> None:
    page = draw_lines(*PROSE * 2).rotate(turned, expand=True)  # counter-clockwise
    assert likeliest(orientation.shares(pixels(page))) == turned
