"""A request to Tesseract, the same for both ways of calling it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from app.ocr.options import Options

if TYPE_CHECKING:
    from app.ocr.source.base import Pixels

# Page segmentation modes (psm) and the engine mode (oem) by Tesseract's numbers.
FULLY_AUTOMATIC = 3
ONE_BLOCK = 6
SINGLE_LINE = 7
DEFAULT_OEM = 3


@dataclass(frozen=True, slots=True)
class Request:
    """languages: joined by "+", as Tesseract wants them. psm, oem: its numbers."""

    languages: str
    psm: int = FULLY_AUTOMATIC
    oem: int = DEFAULT_OEM
    dpi: int | None = None
    whitelist: str = ""
    user_words: tuple[str, ...] = ()

    @classmethod
    def of(cls, options: Options) -> Request:
        return cls(
            languages="+".join(options.languages),
            psm=FULLY_AUTOMATIC if options.psm is None else options.psm,
            oem=DEFAULT_OEM if options.oem is None else options.oem,
            dpi=options.dpi,
            whitelist=options.whitelist,
            user_words=options.user_words,
        )

    def with_psm(self, psm: int) -> Request:
        return replace(self, psm=psm)


@dataclass(frozen=True, slots=True)
class Detection:
    """script: Tesseract's name ("Cyrillic", "Han", "Korean" …). degrees: by how much the page is
    turned clockwise (0, 90, 180, 270). confidence: Tesseract's measure, in no fixed range."""

    script: str
    degrees: int
    confidence: float


class Backend(Protocol):
    def read_tsv(self, pixels: Pixels, request: Request) -> str:
        """Tesseract's TSV of the page. Raises OcrError(bad_option, engine_unavailable)."""

    def detect(self, pixels: Pixels) -> Detection | None:
        """Script and direction of the page; None if it shows too few characters, or if
        osd.traineddata is not installed."""
