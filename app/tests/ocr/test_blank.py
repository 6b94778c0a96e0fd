"""Pictures without ink are distinguished from those with very little."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from app.ocr.prepare.blank import is_blank


def sheet(paper: int | tuple[int, int, int] = 255, *, grain: float = 0.0) -> np.ndarray:
    pixels = np.full((550, 425, 3), paper, np.float64)
    pixels += np.random.default_rng(5).normal(0, grain, pixels.shape)
    return pixels.clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("paper", [255, 0, 128, (250, 240, 200)])
@pytest.mark.parametrize("grain", [0.0, 4.0])
def test_paper_of_any_colour_with_grain_is_blank(
    paper: int | tuple[int, int, int], grain: float
) -> None:
    assert is_blank(sheet(paper, grain=grain))
    assert is_blank(sheet(paper, grain=grain)[:, :, 0].copy())


def test_single_specks_are_no_ink() -> None:
    pixels = sheet()
    pixels[::97, ::89] = 0
    assert is_blank(pixels)


@pytest.mark.parametrize("ink", [0, 200, (255, 255, 0), (230, 200, 255)])
def test_one_small_number_is_ink(ink: int | tuple[int, int, int]) -> None:
    pixels = sheet()
    colour = ink if isinstance(ink, tuple) else (ink, ink, ink)
    cv2.putText(pixels, "7", (210, 530), cv2.FONT_HERSHEY_SIMPLEX, 0.5, colour, 1, cv2.LINE_AA)
    assert not is_blank(pixels)


def test_a_period_is_ink() -> None:
    pixels = sheet()
    pixels[500:503, 200:203] = 60
    assert not is_blank(pixels)
