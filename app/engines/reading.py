"""One engine on one upright page: prepare, read, map back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.ocr.options import Options
from app.ocr.prepare.measure import Measures, measure
from app.ocr.prepare.recipe import prepare
from app.ocr.result import Page
from app.ocr.source.base import Pixels

from .base import Engine


@dataclass(frozen=True, slots=True)
class UprightPage:
    """pixels the right way up and what was measured on them; measures is None for
    prepare=False."""

    pixels: Pixels
    measures: Measures | None

    @classmethod
    def of(cls, pixels: Pixels, options: Options) -> UprightPage:
        return cls(pixels, measure(pixels) if options.prepare else None)


def read_page(engine: Engine, upright: UprightPage, options: Options) -> Page:
    """The page in the coordinates of the upright pixels."""
    height, width = upright.pixels.shape[:2]
    if upright.measures is None:
        return engine.recognize(upright.pixels, options)
    prepared = prepare(upright.pixels, upright.measures, engine.preparation)
    page = engine.recognize(prepared.pixels, options)
    mapped = prepared.to_upright.map_page(page, width, height)
    return replace(mapped, skew=upright.measures.skew)
