"""EasyOCR, an optional extra (requirements-easyocr.in): slow and heavy, with many alphabets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.result import Bbox, Page

from .base import Availability, Engine

if TYPE_CHECKING:
    from app.ocr.source.base import Pixels

SETTING = "OCR_MODEL_DIRS=easyocr=FOLDER"
DETECTOR = "craft_mlt_25k.pth"
# Recognizer file -> Tesseract code -> EasyOCR's own code.
RECOGNIZERS: dict[str, dict[str, str]] = {
    "english_g2.pth": {"eng": "en"},
    "latin_g2.pth": {
        "eng": "en", "deu": "de", "fra": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl",
        "pol": "pl", "ces": "cs", "dan": "da", "swe": "sv", "nor": "no", "tur": "tr", "vie": "vi",
    },
    "zh_sim_g2.pth": {"chi_sim": "ch_sim", "eng": "en"},
    "japanese_g2.pth": {"jpn": "ja", "eng": "en"},
    "korean_g2.pth": {"kor": "ko", "eng": "en"},
    "cyrillic_g2.pth": {"rus": "ru", "ukr": "uk", "bel": "be", "bul": "bg", "eng": "en"},
    "arabic.pth": {"ara": "ar", "fas": "fa", "urd": "ur", "eng": "en"},
    "devanagari.pth": {"hin": "hi", "mar": "mr", "nep": "ne", "eng": "en"},
}  # fmt: skip


class EasyOcrEngine(Engine):
    name = "easyocr"
    title = "EasyOCR"
    preparation = frozenset({"deskew"})

    def availability(self) -> Availability:
        if find_spec("easyocr") is None:
            return Availability(False, "Install requirements-easyocr.txt (EasyOCR and PyTorch).")
        if self.folder is None or not (self.folder / DETECTOR).is_file():
            message = f"Put {DETECTOR} and a recognizer into a folder and name it in {SETTING}."
            return Availability(False, message)
        return Availability(True)

    def languages(self) -> tuple[str, ...]:
        return tuple(sorted({code for codes in self._installed() for code in codes}))

    def recognize(self, pixels: Pixels, options: Options) -> Page:
        from .lines.boxed_text import blocks_of_boxed_text

        height, width = pixels.shape[:2]
        found = self._reader(options.languages).readtext(
            pixels, allowlist=options.whitelist or None, paragraph=False
        )
        blocks = blocks_of_boxed_text(_boxed(found))
        return Page(1, width, height, blocks, engine=self.name, languages=options.languages)

    def _reader(self, languages: tuple[str, ...]) -> Any:
        """One model at a time: each holds several hundred megabytes."""
        if self._loaded[0] != languages:
            self._loaded = (languages, self._load(languages))
        return self._loaded[1]

    def _load(self, languages: tuple[str, ...]) -> Any:
        easyocr: Any = import_module("easyocr")
        codes = next((codes for codes in self._installed() if set(languages) <= set(codes)), None)
        if codes is None:
            message = f"No EasyOCR model here reads {'+'.join(languages)} together."
            raise OcrError("unknown_language", message)
        return easyocr.Reader(
            [codes[language] for language in languages],
            gpu=False,
            model_storage_directory=str(self.folder),
            download_enabled=False,
            verbose=False,
        )

    @cached_property
    def folder(self) -> Path | None:
        return self.config.model_dirs.get(self.name)

    @cached_property
    def _loaded(self) -> tuple[tuple[str, ...], Any]:
        return (), None

    def _installed(self) -> list[dict[str, str]]:
        folder = self.folder
        if folder is None:
            return []
        return [codes for file, codes in RECOGNIZERS.items() if (folder / file).is_file()]


def _boxed(found: list[Any]) -> Iterator[Any]:
    from .lines.boxed_text import BoxedText

    for corners, text, confidence in found:
        across, down = [int(x) for x, _ in corners], [int(y) for _, y in corners]
        box = Bbox(min(across), min(down), max(across), max(down))
        yield BoxedText(text, box, float(confidence))
