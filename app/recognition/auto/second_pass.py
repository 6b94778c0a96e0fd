"""A second pass of Tesseract, where the page shows more text than was read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

from app.engines.paddleocr import PaddleOcrEngine
from app.engines.runtime.onnx import Floats
from app.engines.tesseract import TesseractEngine
from app.engines.tesseract.request import ONE_BLOCK
from app.ocr.options import Options
from app.ocr.result import Page
from app.recognition.pipeline import UprightPage, read_page, read_prepared

from .coverage import coverage
from .line_by_line import read_line_by_line

# Below this mean confidence Tesseract is asked for a second reading.
SECOND_PASS_BELOW = 0.75
# Tesseract's confidence says nothing about text that it missed: this share of the detected text
# must lie in its words.
COVERED = 0.85
# Lines of one block overlap sideways by at least this share of the shorter one.
STACKED = 0.5


@dataclass(frozen=True, slots=True)
class DetectedText:
    """The detector's lines of text on the upright page, as corners (4, 2)."""

    boxes: list[Floats]
    one_block: bool

    @classmethod
    def of(cls, boxes: list[Floats]) -> DetectedText:
        return cls(boxes, all(_stacked(one, other) for one, other in combinations(boxes, 2)))

    def is_satisfied_by(self, page: Page) -> bool:
        """Whether the page was read confidently, completely, and without splitting its lines."""
        covered = coverage(page, self.boxes) >= COVERED
        return page.confidence >= SECOND_PASS_BELOW and covered and self._wholeness(page) == 1.0

    def score(self, page: Page) -> float:
        """0-1, for comparing readings of the same page."""
        return page.confidence * coverage(page, self.boxes) * self._wholeness(page)

    def _wholeness(self, page: Page) -> float:
        """Ratio of detected lines to lines read, at most 1; always 1 for columns and tables."""
        lines = sum(1 for _ in page.lines)
        return min(1.0, len(self.boxes) / lines) if self.one_block and lines else 1.0


def read_carefully(
    tesseract: TesseractEngine, paddle: PaddleOcrEngine, upright: UprightPage, options: Options
) -> Page:
    """The page by Tesseract's own layout, as one block, or line by line: the best reading."""
    page = replace(
        read_page(tesseract, upright, options), reason="only Tesseract reads these languages"
    )
    if not paddle.availability().available or not options.prepare or options.psm is not None:
        return page
    detected = DetectedText.of(paddle.text_boxes(upright.pixels))
    if detected.is_satisfied_by(page):
        return page
    readings = [replace(page, reason="Tesseract, with little confidence")]
    if detected.one_block and detected.boxes:
        again = read_page(tesseract, upright, replace(options, psm=ONE_BLOCK))
        readings.append(replace(again, reason="Tesseract, the page taken as one block of text"))
        if detected.is_satisfied_by(again):
            return readings[-1]
    readings.append(_by_lines(tesseract, paddle, upright, options))
    return max(readings, key=detected.score)


def _by_lines(
    tesseract: TesseractEngine, paddle: PaddleOcrEngine, upright: UprightPage, options: Options
) -> Page:
    page = read_prepared(
        upright,
        paddle.preparation,
        lambda pixels: read_line_by_line(tesseract, pixels, paddle.text_boxes(pixels), options),
    )
    return replace(page, reason="Tesseract line by line: it missed text on the whole page")


def _stacked(one: Floats, other: Floats) -> bool:
    left, right = max(one[:, 0].min(), other[:, 0].min()), min(one[:, 0].max(), other[:, 0].max())
    shorter = min(_width(one), _width(other))
    return bool(right - left >= STACKED * shorter)


def _width(corners: Floats) -> float:
    return float(corners[:, 0].max() - corners[:, 0].min())
