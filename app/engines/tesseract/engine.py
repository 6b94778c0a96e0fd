"""Tesseract's engine class. Loads nothing before its first page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from app.engines.base import Availability, Engine, EngineConfig
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.result import Block, Page, Word

from .installed import installed_backend
from .program import Program
from .request import ONE_BLOCK, Backend, Detection, Request
from .tessdata import find_tessdata, installed_languages
from .tsv import blocks_from_tsv

if TYPE_CHECKING:
    from app.ocr.source.base import Pixels

Blocks = tuple[Block, ...]
# Below this mean confidence the layout analysis may be at fault.
RETRY_AS_BLOCK_BELOW = 0.6
SCRIPT_NAMES = {"Korean": "Hangul", "HanS": "Han", "HanT": "Han"}


class TesseractEngine(Engine):
    """backend: "tesserocr" or "program"; by default the first one that is installed."""

    name = "tesseract"
    title = "Tesseract"
    knows_upright = True

    def __init__(self, config: EngineConfig, backend: str = "") -> None:
        super().__init__(config)
        self.tessdata = find_tessdata(config.tessdata)
        self.backend_name = backend or installed_backend()

    def availability(self) -> Availability:
        if not self.backend_name:
            message = "Install the Python package tesserocr, or tesseract-ocr and pytesseract."
            return Availability(False, message)
        if not self.languages():
            return Availability(False, "Install language data, such as tesseract-ocr-eng.")
        return Availability(True)

    def languages(self) -> tuple[str, ...]:
        return installed_languages(self.tessdata)

    def recognize(self, pixels: Pixels, options: Options) -> Page:
        height, width = pixels.shape[:2]
        request = Request.of(options)
        blocks = self._read(pixels, request)
        if options.psm is None and _evidence(blocks) < RETRY_AS_BLOCK_BELOW * _length(blocks) + 1:
            # Single lines and tight crops: layout analysis takes them for pictures.
            again = self._read(pixels, request.with_psm(ONE_BLOCK))
            blocks = max(blocks, again, key=_evidence)
        return Page(1, width, height, blocks, engine=self.name, languages=options.languages)

    def script(self, pixels: Pixels) -> str | None:
        """The page's script by Tesseract's own detection, named as in app.ocr.scripts ("Han" may
        be "Japanese", Latin letters "Fraktur"); None if there is too little text to tell."""
        found = self.direction(pixels)
        return SCRIPT_NAMES.get(found.script, found.script) if found else None

    def direction(self, pixels: Pixels) -> Detection | None:
        """Direction and script of the page; None if there is too little text to tell."""
        return self.backend.detect(pixels)

    def _read(self, pixels: Pixels, request: Request) -> Blocks:
        return blocks_from_tsv(self.backend.read_tsv(pixels, request))

    @cached_property
    def backend(self) -> Backend:
        if self.tessdata is None or not self.backend_name:
            raise OcrError("engine_unavailable", self.availability().reason)
        if self.backend_name == "program":
            return Program(self.tessdata)
        from .in_process import InProcess

        return InProcess(self.tessdata)


def _evidence(blocks: Blocks) -> float:
    """Number of characters read, each weighted by its confidence."""
    return sum(word.confidence * len(word.text) for word in _words(blocks))


def _length(blocks: Blocks) -> int:
    return sum(len(word.text) for word in _words(blocks))


def _words(blocks: Blocks) -> Iterator[Word]:
    return (word for block in blocks for line in block.lines for word in line.words)
