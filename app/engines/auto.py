"""Chooses for each page: by language first, then by evidence of what was read."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from app.ocr.options import Options
from app.ocr.result import Page

from .base import Availability, Engine
from .registry import create_engine

if TYPE_CHECKING:
    from app.ocr.source.base import Pixels


class AutoEngine(Engine):
    name = "auto"
    title = "Automatic"
    # The engines it asks prepare the page each in their own way.
    preparation = frozenset()

    def availability(self) -> Availability:
        found = [self.paddle.availability(), self.tesseract.availability()]
        return next((each for each in found if each.available), found[-1])

    def languages(self) -> tuple[str, ...]:
        readers = [each for each in (self.paddle, self.tesseract) if each.availability().available]
        return tuple(sorted({code for reader in readers for code in reader.languages()}))

    def recognize(self, pixels: Pixels, options: Options) -> Page:
        from .reading import UprightPage, read_page

        upright = UprightPage.of(pixels, options)
        covered = set(options.languages) <= set(self.paddle.languages())
        if covered and self.paddle.availability().available:
            page = read_page(self.paddle, upright, options)
            return replace(page, reason="reads these languages best")
        page = read_page(self.tesseract, upright, options)
        return replace(page, reason="the only engine for these languages")

    @cached_property
    def paddle(self) -> Engine:
        return create_engine("paddleocr", self.config)

    @cached_property
    def tesseract(self) -> Engine:
        return create_engine("tesseract", self.config)
