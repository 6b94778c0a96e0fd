"""Interface of all engines: pixels in, a Page out. One engine is one file or package."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from app.ocr.options import Options
from app.ocr.prepare.steps import EVERYTHING
from app.ocr.result import Page

if TYPE_CHECKING:  # the web lists engines and must not load numpy for that
    from app.ocr.source.base import Pixels


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """The site's engine settings as plain data, which crosses to other processes.

    profile: "small" (one 1 GB machine) or "full". default_engine, default_languages: for requests
    that name none; the engine, unless it is "", is loaded before the first request.
    cores: the most that one page may use; each page is granted its own number.
    runtime: what runs the networks, one of RUNTIMES in app.engines.runtime.available.
    model_dirs: engine name -> folder with its model files, where they are not in a wheel.
    """

    profile: str = "full"
    default_engine: str = ""
    default_languages: tuple[str, ...] = ("eng",)
    tessdata: Path | None = None
    cores: int = 1
    runtime: str = "onnxruntime"
    model_dirs: dict[str, Path] = field(default_factory=dict)
    max_pixels: int = 100_000_000
    max_pages: int = 500

    def to_json(self) -> dict[str, Any]:
        folders = {name: str(folder) for name, folder in self.model_dirs.items()}
        tessdata = str(self.tessdata) if self.tessdata else None
        return {**asdict(self), "tessdata": tessdata, "model_dirs": folders}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> EngineConfig:
        return cls(
            **{
                **data,
                "default_languages": tuple(data["default_languages"]),
                "tessdata": Path(data["tessdata"]) if data["tessdata"] else None,
                "model_dirs": {name: Path(folder) for name, folder in data["model_dirs"].items()},
            }
        )


@dataclass(frozen=True, slots=True)
class Availability:
    """An engine's presence on this machine. reason: how to install it if it is missing."""

    available: bool
    reason: str = ""


class Engine(ABC):
    """Recognizes prepared, upright pages. Kept loaded by its process and used by one thread."""

    name: ClassVar[str]
    title: ClassVar[str]
    # Steps of app.ocr.prepare that help this engine.
    preparation: ClassVar[frozenset[str]] = EVERYTHING
    # High confidence means that the page is the right way up: no orientation check comes first.
    knows_upright: ClassVar[bool] = False

    def __init__(self, config: EngineConfig) -> None:
        self.config = config

    @abstractmethod
    def availability(self) -> Availability:
        """Cheap: looks for files and packages, loads no model."""

    @abstractmethod
    def languages(self) -> tuple[str, ...]:
        """Tesseract codes of the installed languages it reads, sorted. Cheap as well."""

    def faults(self) -> tuple[str, ...]:
        """Its model files that cannot be used and why, in plain English. Cheap as well."""
        return ()

    @abstractmethod
    def recognize(self, pixels: Pixels, options: Options) -> Page:
        """The page, numbered 1, with boxes in the given pixels; layout orders its lines afterwards.

        options.languages is never empty. Raises OcrError for faults that the caller can correct.
        """
