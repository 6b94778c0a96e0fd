"""One engine on one upright page: prepare, recognize, map back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.engines.base import Engine
from app.engines.runtime.cores import in_background
from app.ocr.options import Options
from app.ocr.prepare.geometry import Transform
from app.ocr.prepare.graphics import graphics_of_picture
from app.ocr.prepare.measure import Measures, measure
from app.ocr.prepare.recipe import Prepared, prepare
from app.ocr.result import Page
from app.ocr.source.base import Pixels

from .structure import with_blocks


@dataclass(frozen=True, slots=True)
class UprightPage:
    """pixels the right way up and what was measured on them; measures is None for
    prepare=False."""

    pixels: Pixels
    measures: Measures | None
    _done: dict[frozenset[str], Prepared] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, pixels: Pixels, options: Options) -> UprightPage:
        return cls(pixels, measure(pixels) if options.prepare else None)

    def prepared(self, steps: frozenset[str]) -> Prepared:
        """The pixels after the steps, as far as the page needs them."""
        if self.measures is None:
            return Prepared(self.pixels, Transform())
        if steps not in self._done:
            self._done.clear()  # another engine's copy of a large page
            self._done[steps] = prepare(self.pixels, self.measures, steps)
        return self._done[steps]


def read_page(engine: Engine, upright: UprightPage, options: Options) -> Page:
    """The page in the coordinates of the upright pixels."""

    def read(pixels: Pixels) -> Page:
        return engine.recognize(pixels, options)

    return read_prepared(upright, engine.preparation, read)


def read_prepared(
    upright: UprightPage, steps: frozenset[str], read: Callable[[Pixels], Page]
) -> Page:
    """The page that read() makes of the prepared pixels, laid out there, where lines are level, and
    mapped back to the upright pixels."""
    if upright.measures is None:
        return _read_and_laid_out(upright.pixels, read)
    height, width = upright.pixels.shape[:2]
    prepared = upright.prepared(steps)
    read_there = _read_and_laid_out(prepared.pixels, read)
    page = prepared.to_upright.map_page(read_there, width, height)
    return replace(page, skew=upright.measures.skew)


def _read_and_laid_out(pixels: Pixels, read: Callable[[Pixels], Page]) -> Page:
    graphics = in_background(lambda: graphics_of_picture(pixels))
    return with_blocks(read(pixels), pixels, graphics)
