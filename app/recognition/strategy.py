"""Strategies for reading one upright page: with a single engine, or with a choice for each page."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from app.engines.base import Engine, EngineConfig
from app.ocr.options import Options
from app.ocr.result import Page

from .catalog import EngineEntry, entry_of
from .pipeline import UprightPage, read_page


class PageStrategy(Protocol):
    @property
    def knows_upright(self) -> bool:
        """A page read with high confidence is the right way up."""
        ...

    def entry(self) -> EngineEntry:
        """Its availability and languages, as the catalog shows them."""
        ...

    def read(self, upright: UprightPage, options: Options) -> Page:
        """The page in the coordinates of the upright pixels. options.languages may be empty."""
        ...


class SingleEngine:
    """One engine, in the site's default languages where none are asked for."""

    def __init__(self, engine: Engine, config: EngineConfig) -> None:
        self.engine = engine
        self.config = config

    @property
    def knows_upright(self) -> bool:
        return self.engine.knows_upright

    def entry(self) -> EngineEntry:
        return entry_of(self.engine)

    def read(self, upright: UprightPage, options: Options) -> Page:
        languages = options.languages or self.config.default_languages
        return read_page(self.engine, upright, replace(options, languages=languages))
