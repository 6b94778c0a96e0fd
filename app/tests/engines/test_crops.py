"""Ink of lines that are cut out of a page."""

from __future__ import annotations

import numpy as np
import pytest

from app.engines.lines.crops import Crop
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
