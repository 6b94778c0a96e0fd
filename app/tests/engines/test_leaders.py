"""Dot leaders in a picture: lines are cut at them, and boxes separated by them are joined."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.engines.base import EngineConfig
from app.engines.lines.crops import Crop, cut_line
from app.engines.lines.leader_boxes import joined_over_leaders
from app.engines.lines.leaders import cut_at_leaders
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.runtime.onnx import Floats
from app.ocr.options import Options
from app.ocr.source import Pixels
from app.tests.drawing import font

WIDTH, HEIGHT = 900, 48


def picture(*parts: tuple[int, str], size: int = 32, dark: bool = False) -> Pixels:
    """Parts of one line, each starting at a given column."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "black" if dark else "white")
    draw = ImageDraw.Draw(image)
    for left, text in parts:
        draw.text((left, 4), text, "white" if dark else "black", font(size))
    return np.asarray(image)


def box(left: float, right: float) -> Floats:
    return np.array([[left, 0], [right, 0], [right, HEIGHT], [left, HEIGHT]], np.float32)


def cut(pixels: Pixels) -> tuple[list[Crop], list[int]]:
    pieces, leaders = cut_at_leaders(cut_line(pixels, box(0, WIDTH)))
    return pieces, [len(leader.words[0].text) for leader in leaders]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("dots", "count"), [("." * 20, 20), (". " * 14, 14), ("." * 6, 6)])
def test_line_is_cut_at_its_leader(dots: str, count: int, dark: bool) -> None:
    pieces, leaders = cut(picture((20, "Scope"), (200, dots), (800, "12"), dark=dark))
    assert leaders == [count]
    (_, right, _, _), (left, _, _, _) = (piece.corners[:, 0] for piece in pieces)
    end = 200 + font(32).getlength(dots.strip())
    assert 120 < right <= 205
    assert end - 10 < left < end + 5


def test_several_leaders_of_one_line() -> None:
    parts = (20, "Tea"), (120, "." * 12), (330, "3.40"), (430, "." * 9), (700, "Milk")
    pieces, leaders = cut(picture(*parts))
    assert (len(pieces), leaders) == (3, [12, 9])


def test_leader_at_the_end_of_a_line_to_fill_in() -> None:
    pieces, leaders = cut(picture((20, "Name:"), (140, "." * 40)))
    assert (len(pieces), leaders) == (1, [40])


@pytest.mark.parametrize(
    "text",
    [
        "and so on ... or so it was said",
        "i.e. e.g. a.m. p.m. etc.",
        "- - - - - - - - - - -",
        ": : : : : : : : : : :",
        "illiilliillii",
    ],
)
def test_what_is_no_leader(text: str) -> None:
    pieces, leaders = cut(picture((20, text)))
    assert (len(pieces), leaders) == (1, [])


def test_boxes_that_a_leader_parts_are_joined() -> None:
    pixels = picture((20, "Scope"), (200, "." * 60), (800, "12"))
    boxes = [box(796, 850), box(16, 130)]
    (whole,) = joined_over_leaders(pixels, boxes)
    assert whole[:, 0].tolist() == [16, 850, 850, 16]


@pytest.mark.parametrize("between", ["", "................ and", "- - - - - - - - - -"])
def test_boxes_with_something_else_between_them_stay_apart(between: str) -> None:
    pixels = picture((20, "Scope"), (300, between), (800, "12"))
    boxes = [box(16, 130), box(796, 850)]
    assert len(joined_over_leaders(pixels, boxes)) == len(boxes)


def test_contents_are_read_with_their_leaders() -> None:
    pixels = np.concatenate(
        [
            picture((20, title), (260, ". " * 24), (750, number))
            for title, number in (("Introduction", "3"), ("Sampling", "12"), ("Results", "118"))
        ]
    )
    page = PaddleOcrEngine(EngineConfig(), "tiny").recognize(pixels, Options(languages=("eng",)))
    words = sorted(page.words, key=lambda word: (word.bbox.top // HEIGHT, word.bbox.left))
    assert [word.text for word in words] == [
        *("Introduction", "." * 24, "3"),
        *("Sampling", "." * 24, "12"),
        *("Results", "." * 24, "118"),
    ]
