"""The seam between jobs and recognition: decode, prepare, read, map back. Knows no Django."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.ocr.options import Options
from app.ocr.page_ranges import select_pages
from app.ocr.result import Page
from app.ocr.source import Limits, open_source
from app.ocr.source.preview import encode_preview

from .base import Engine, EngineConfig
from .catalog import check_engine_languages
from .registry import create_engine


class Recognizer:
    """Keeps engines warm; used by one thread of one process, which may be killed at any time."""

    def __init__(self, config: EngineConfig) -> None:
        self.config = config
        self.limits = Limits(config.max_pixels, config.max_pages)
        self.engines: dict[str, Engine] = {}

    def page_numbers(self, path: Path, media_type: str, options: Options) -> tuple[int, ...]:
        """Selected pages, from 1. Raises OcrError."""
        with open_source(path, media_type, self.limits, options.password) as source:
            return select_pages(options.pages, source.page_count, self.limits.max_pages)

    def recognize(self, path: Path, media_type: str, number: int, options: Options) -> Page:
        """One page, read; boxes are pixels of the upright page. Raises OcrError."""
        with open_source(path, media_type, self.limits, options.password) as source:
            image = source.page_image(number)
        options = replace(options, languages=options.languages or self.config.default_languages)
        name = "tesseract" if options.engine == "auto" else options.engine
        engine = self._engine(name)
        check_engine_languages(engine, options.languages)
        page = engine.recognize(image.pixels, options)
        return replace(page, number=number, dpi=image.dpi)

    def preview(
        self,
        path: Path,
        media_type: str,
        number: int,
        *,
        rotation: int,
        max_side: int,
        password: str = "",
    ) -> bytes:
        """The upright page as JPEG, or PNG where smaller; sides at most max_side pixels."""
        with open_source(path, media_type, self.limits, password) as source:
            return encode_preview(source.page_image(number), rotation=rotation, max_side=max_side)

    def _engine(self, name: str) -> Engine:
        if name not in self.engines:
            self.engines[name] = create_engine(name, self.config)
        return self.engines[name]
