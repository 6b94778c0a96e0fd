"""Ink of lines that are cut out of a page."""

from __future__ import annotations

import numpy as np
import pytest

from app.engines.lines.crops import Crop
from app.engines.paddleocr.words.spaces import runs
from app.engines.runtime.onnx import Floats
from app.ocr.source.base import Pixels
from app.tests.drawing import draw_lines


def drawn_line(*, dark: bool) -> Pixels:
    ink, paper = ("white", "#303030") if dark else ("black", "white")
    return np.asarray(draw_lines("As for the last command", size=32, ink=ink, paper=paper))


def ink_share(pixels: Pixels) -> Floats:
    """Share of ink in each tenth of the line."""
    height, width = pixels.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    tenths = np.array_split(Crop(pixels, corners, vertical=False).ink, 10, axis=1)
    return np.array([tenth.mean() for tenth in tenths], np.float32)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("deepest", [0.4, 0.9])
def test_shadow_on_a_part_of_a_line_is_no_ink(deepest: float, dark: bool) -> None:
    line = drawn_line(dark=dark)
    light = np.linspace(1, deepest, line.shape[1])[None, :, None]
    shaded = (line * light).astype(np.uint8)
    assert ink_share(shaded) == pytest.approx(ink_share(line), abs=0.02)


def test_leaning_edge_of_a_shadow_leaves_the_space_between_two_words_empty() -> None:
    line = drawn_line(dark=False)
    height, width = line.shape[:2]
    clear = Crop(line, np.zeros((4, 2), np.float32), vertical=False).ink.any(axis=0)
    left, right = max(runs(~clear[width // 4 : -width // 4]), key=lambda run: run[1] - run[0])
    edge = width // 4 + (left + right) / 2 - 0.15 * (np.arange(height) - height / 2)
    shade = np.clip(np.arange(width)[None, :] - edge[:, None], 0, 1)
    shaded = (line * (1 - 0.55 * shade[..., None])).astype(np.uint8)
    seen = Crop(shaded, np.zeros((4, 2), np.float32), vertical=False).ink.any(axis=0)
    assert not seen[width // 4 + left + 1 : width // 4 + right - 1].any()
    assert np.count_nonzero(seen != clear) <= 4
