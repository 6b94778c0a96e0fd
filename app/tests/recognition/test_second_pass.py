"""Tesseract's second reading: its conditions, and the choice between the readings."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from app.engines.base import Availability
from app.engines.runtime.onnx import Floats
from app.ocr.options import Options
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.ocr.source.base import Pixels
from app.recognition.auto.second_pass import read_carefully
from app.recognition.pipeline import UprightPage
from app.tests.drawing import draw_at, pixels

KOREAN = Options(languages=("kor",))
ROWS = ((20, 20, 380, 50), (20, 70, 300, 100))
SHEET = UprightPage.of(pixels(draw_at((400, 120), (20, 20, "one"), (20, 70, "two"))), KOREAN)


def page_of(*boxes: tuple[int, int, int, int], confidence: float = 0.95) -> Page:
    lines = tuple(Line((Word("글", Bbox(*box), confidence),)) for box in boxes)
    height, width = SHEET.pixels.shape[:2]
    return Page(1, width, height, (Block(lines),) if lines else ())


@dataclass
class FakeTesseract:
    """Answers by page segmentation mode and records the requested modes."""

    pages: dict[int | None, Page]
    asked: list[int | None] = field(default_factory=list)
    name: str = "tesseract"
    preparation: frozenset[str] = frozenset()

    def recognize(self, image: Pixels, options: Options) -> Page:
        self.asked.append(options.psm)
        return self.pages.get(options.psm, page_of())


@dataclass
class FakePaddle:
    rows: tuple[tuple[int, int, int, int], ...]
    preparation: frozenset[str] = frozenset()

    def availability(self) -> Availability:
        return Availability(True)

    def text_boxes(self, image: Pixels) -> list[Floats]:
        return [
            np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
            for left, top, right, bottom in self.rows
        ]


WHOLE = page_of(*ROWS)
HALF = page_of(ROWS[0])
TORN = page_of((120, 20, 380, 50), ROWS[1], (20, 20, 100, 50))
NOISY = page_of(*ROWS, (20, 104, 60, 116))
TWO_COLUMNS = ((20, 20, 180, 50), (220, 20, 380, 50))
COLUMN = page_of(TWO_COLUMNS[0])


@pytest.mark.parametrize(
    ("rows", "first", "block", "modes", "kept"),
    [
        pytest.param(ROWS, WHOLE, HALF, [None], WHOLE, id="complete at once"),
        pytest.param(ROWS, HALF, WHOLE, [None, 6], WHOLE, id="missed a line"),
        pytest.param(ROWS, NOISY, WHOLE, [None, 6], WHOLE, id="read a line too much"),
        pytest.param(ROWS, NOISY, HALF, [None, 6, 7, 7], NOISY, id="block is worse"),
        pytest.param(
            TWO_COLUMNS, COLUMN, WHOLE, [None, 7, 7], COLUMN, id="columns are no single block"
        ),
    ],
)
def test_block_is_read_again_before_its_lines(
    rows: tuple[tuple[int, int, int, int], ...],
    first: Page,
    block: Page,
    modes: list[int | None],
    kept: Page,
) -> None:
    tesseract = FakeTesseract({None: first, 6: block})
    page = read_carefully(tesseract, FakePaddle(rows), SHEET, KOREAN)  # type: ignore[arg-type]
    assert tesseract.asked == modes
    assert list(page.lines) == list(kept.lines)


def test_line_that_fell_apart_is_put_together_without_a_second_reading() -> None:
    tesseract = FakeTesseract({None: TORN, 6: WHOLE})
    page = read_carefully(tesseract, FakePaddle(ROWS), SHEET, KOREAN)  # type: ignore[arg-type]
    assert tesseract.asked == [None]
    assert [len(line.words) for line in page.lines] == [2, 1]


def test_asked_page_segmentation_is_not_overruled() -> None:
    tesseract = FakeTesseract({4: HALF})
    options = Options(languages=("kor",), psm=4)
    page = read_carefully(tesseract, FakePaddle(ROWS), SHEET, options)  # type: ignore[arg-type]
    assert (tesseract.asked, list(page.lines)) == ([4], list(HALF.lines))
