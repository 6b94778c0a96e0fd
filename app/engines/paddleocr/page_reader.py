"""Detection, line recognition and reading order, put together."""

from __future__ import annotations

import cv2

from app.engines.onnx import Floats
from app.ocr.layout import blocks_in_reading_order
from app.ocr.result import Block, Line
from app.ocr.source.base import Pixels

from .crops import cut_line
from .detection import Detector
from .models import ModelFiles
from .recognition import LineReader
from .words import words_of

DETECTION_SIDE = 1280
# What PaddleOCR itself drops as noise.
MIN_CONFIDENCE = 0.5


class PageReader:
    def __init__(self, models: ModelFiles, threads: int) -> None:
        self.detector = Detector(models.detector, threads, DETECTION_SIDE)
        self.reader = LineReader(models, threads)

    def __call__(self, pixels: Pixels) -> tuple[Block, ...]:
        rgb = cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB) if pixels.ndim == 2 else pixels
        lines = [self._read_line(rgb, box.corners) for box in self.detector(rgb)]
        return blocks_in_reading_order([line for line in lines if line])

    def _read_line(self, rgb: Pixels, corners: Floats) -> Line | None:
        crop = cut_line(rgb, corners)
        words = words_of(self.reader(crop.pixels), crop)
        line = Line(words, "ttb" if crop.vertical else "ltr")
        return line if words and line.confidence >= MIN_CONFIDENCE else None
