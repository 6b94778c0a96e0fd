"""The contract every engine fulfils. One engine is one file; it gets pixels and gives a Page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from app.ocr.options import Options
from app.ocr.prepare.steps import EVERYTHING
from app.ocr.result import Page

if TYPE_CHECKING:  # the web lists engines and must not load numpy for that
    from app.ocr.source.base import Pixels


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """What the site's settings say to engines; plain data, so that it crosses to other processes.

    profile: "small" (one 1 GB machine) or "full". default_languages: used when none is asked for.
    runtime: what runs the networks, "onnxruntime" or "openvino".
    model_dirs: engine name -> folder with its model files, where they are not in a wheel.
    """

    profile: str = "full"
    default_languages: tuple[str, ...] = ("eng",)
    tessdata: Path | None = None
    threads: int = 1
    runtime: str = "onnxruntime"
    model_dirs: dict[str, Path] = field(default_factory=dict)
    max_pixels: int = 100_000_000
    max_pages: int = 500


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether an engine can run here; if not, reason says how to add it."""

    available: bool
    reason: str = ""


class Engine(ABC):
    """Reads one prepared, upright page. Kept warm by its process and used by one thread."""

    name: ClassVar[str]
    title: ClassVar[str]
    # Steps of app.ocr.prepare that help this engine; it copes with the rest by itself.
    preparation: ClassVar[frozenset[str]] = EVERYTHING
    # A page it reads with high confidence is the right way up, so that nobody needs to look first.
    knows_upright: ClassVar[bool] = False
    # It takes options without languages, begins with the usual ones and finds out if it must.
    finds_language: ClassVar[bool] = False

    def __init__(self, config: EngineConfig) -> None:
        self.config = config

    @abstractmethod
    def availability(self) -> Availability:
        """Cheap: looks for files and packages, loads no model."""

    @abstractmethod
    def languages(self) -> tuple[str, ...]:
        """Installed Tesseract language codes this engine reads, sorted. Cheap as well."""

    @abstractmethod
    def recognize(self, pixels: Pixels, options: Options) -> Page:
        """The page, boxes in the given pixels, number 1; layout orders its lines afterwards.

        options.languages is empty only for an engine that finds_language. Raises OcrError for
        what the caller can mend.
        """
