"""The seam between jobs and recognition: decode, turn upright, read. Knows no Django."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np

from app.engines.base import Engine, EngineConfig
from app.engines.catalog import check_engine_languages
from app.engines.registry import create_engine
from app.engines.runtime.onnx import Runtime
from app.ocr.barcodes import read_barcodes
from app.ocr.errors import OcrError
from app.ocr.images import PDF
from app.ocr.options import Options
from app.ocr.page_ranges import select_pages
from app.ocr.prepare.geometry import Transform
from app.ocr.result import Page
from app.ocr.source import Limits, PageImage, Source, open_source
from app.ocr.source.base import Pixels
from app.ocr.source.preview import encode_previews

from .auto.engine import AutoEngine
from .line_check import read_line
from .orientation import OrientationModel, find_orientation_model
from .own_text import OwnText
from .pipeline import UprightPage, read_page
from .region import Selection, scaled_boxes
from .remarks import unread_page, with_remarks

# A page read as surely as this is the right way up.
SURE_CONFIDENCE = 0.8
SURE_CHARACTERS = 8
LONG_WORD = 4


class Recognizer:
    """Keeps engines warm; used by one thread of one process, which may be killed at any time."""

    def __init__(self, config: EngineConfig) -> None:
        self.config = config
        self.limits = Limits(config.max_pixels, config.max_pages)
        self.engines: dict[str, Engine] = {}
        # By default OpenCV starts a thread per core, in every worker.
        cv2.setNumThreads(config.threads)

    def page_numbers(self, path: Path, media_type: str, options: Options) -> tuple[int, ...]:
        """Selected pages, from 1. Raises OcrError."""
        with open_source(path, media_type, self.limits, options.password) as source:
            return select_pages(options.pages, source.page_count, self.limits.max_pages)

    def recognize(self, path: Path, media_type: str, number: int, options: Options) -> Page:
        """One page, read; boxes are pixels of the upright page. Raises OcrError."""
        with open_source(path, media_type, self.limits, options.password) as source:
            try:
                page = self._recognize(source, media_type, number, options)
            except OcrError as error:
                return unread_page(number, error, source)
            return with_remarks(page, source)

    def _recognize(self, source: Source, media_type: str, number: int, options: Options) -> Page:
        page, flaw = self._own_text.page(source, number, options)
        if page is None or options.barcodes:
            image = source.page_image(number)
        if page is None and options.pdf_text == "only" and media_type == PDF:
            height, width = image.pixels.shape[:2]
            reason = flaw or "no sound text layer"
            return Page(number, width, height, dpi=image.dpi, reason=reason)
        if page is None:
            page = self.read(image, options)
            reason = "; ".join(filter(None, (flaw, page.reason)))
            page = replace(page, number=number, dpi=image.dpi, reason=reason)
        if options.barcodes:
            pixels = upright(image.pixels, page.rotation)
            page = replace(page, barcodes=read_barcodes(pixels, image.reduction))
        return page

    def read(self, image: PageImage, options: Options) -> Page:
        """A decoded page, read by the engine that the options name."""
        if image.reduction != 1.0:
            return self._read_reduced(image, options)
        engine = self._engine(options.engine)
        languages = options.languages or self.config.default_languages
        check_engine_languages(engine, languages)
        if not engine.finds_language:
            options = replace(options, languages=languages)
        if options.rotate is None and options.prepare and engine.knows_upright:
            page = self._read_turned(engine, image.pixels, 0, options)
            if _is_sure(page):
                return page
        rotation = self._rotation(image.pixels, options)
        return self._read_turned(engine, image.pixels, rotation, options)

    def previews(
        self,
        path: Path,
        media_type: str,
        number: int,
        *,
        rotation: int,
        max_sides: tuple[int, ...],
        password: str = "",
    ) -> list[bytes]:
        """The upright page as one WebP for each of max_sides: the longer side in pixels."""
        with open_source(path, media_type, self.limits, password) as source:
            page = source.page_image(number)
        return encode_previews(page, rotation=rotation, max_sides=max_sides)

    def _read_reduced(self, image: PageImage, options: Options) -> Page:
        """The page in the pixels of the file, which the options' boxes are in as well."""
        factor = image.reduction
        page = self.read(PageImage(image.pixels, image.dpi), scaled_boxes(options, 1 / factor))
        width, height = round(page.width * factor), round(page.height * factor)
        return Transform().scaled(1 / factor, 1 / factor).map_page(page, width, height)

    def _read_turned(self, engine: Engine, pixels: Pixels, rotation: int, options: Options) -> Page:
        turned = upright(pixels, rotation)
        selection = Selection.of(turned, options)
        page = _read_prepared(engine, selection.pixels, options)
        return replace(selection.on_page(page), rotation=rotation)

    def _rotation(self, pixels: Pixels, options: Options) -> int:
        if options.rotate is not None:
            return options.rotate
        if not options.prepare or self._orientation is None:
            return 0
        return self._orientation.rotation(pixels)

    @cached_property
    def _orientation(self) -> OrientationModel | None:
        model = find_orientation_model(self.config)
        runtime = Runtime(self.config.runtime, self.config.threads)
        return OrientationModel(model, runtime) if model else None

    @cached_property
    def _own_text(self) -> OwnText:
        def line(pixels: Pixels, script: str) -> str | None:
            auto = self._engine("auto")
            return read_line(auto, pixels, script) if isinstance(auto, AutoEngine) else None

        return OwnText(line, self.read)

    def _engine(self, name: str) -> Engine:
        if name not in self.engines:
            self.engines[name] = create_engine(name, self.config)
        return self.engines[name]


def _read_prepared(engine: Engine, pixels: Pixels, options: Options) -> Page:
    if not engine.preparation:
        # It prepares the page itself, so nothing is measured for it.
        return engine.recognize(pixels, options)
    return read_page(engine, UprightPage.of(pixels, options), options)


def upright(pixels: Pixels, rotation: int) -> Pixels:
    """Turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -rotation // 90)) if rotation else pixels


def _is_sure(page: Page) -> bool:
    enough = sum(len(word.text) for word in page.words) >= SURE_CHARACTERS
    return enough and page.confidence >= SURE_CONFIDENCE and not _reads_sideways(page)


def _reads_sideways(page: Page) -> bool:
    """Tesseract also reads text that runs up or down; its words are then taller than wide."""
    words = [word for line in page.lines if line.direction != "ttb" for word in line.words]
    long = [word.bbox for word in words if len(word.text) >= LONG_WORD]
    return 2 * sum(box.height > box.width for box in long) > len(long)
