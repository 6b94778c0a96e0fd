"""Readers to compare: this project, plain Tesseract and plain RapidOCR, from path to text."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from app.engines.base import EngineConfig
from app.ocr.errors import OcrError
from app.ocr.images import HEAD_BYTES, SourceFile, require_media_type
from app.ocr.options import Options
from app.ocr.result import Page, document_text
from app.ocr.source.base import Pixels
from app.recognition.libraries import configure_libraries
from app.recognition.recognizer import Recognizer

os.environ["OMP_THREAD_LIMIT"] = "1"

Reader = Callable[[Path, tuple[str, ...]], str]
BASELINE_DPI = 300


class OurReader:
    """This project with a warm Recognizer. pages: those of the last document."""

    def __init__(
        self, options: Options, config: EngineConfig, *, given_language: bool = True
    ) -> None:
        configure_libraries(threads=1)
        self.recognizer = Recognizer(config)
        self.options = options
        self.given_language = given_language
        self.pages: list[Page] = []

    def __call__(self, path: Path, languages: tuple[str, ...]) -> str:
        self.pages = []
        asked = languages if self.given_language else ("auto",)
        options = replace(self.options, languages=asked)
        with path.open("rb") as file:
            source = SourceFile(path, require_media_type(file.read(HEAD_BYTES)))
        try:
            for number in self.recognizer.page_numbers(source, options):
                self.pages.append(self.recognizer.recognize(source, number, options))
        except OcrError as error:
            print(f"  {path.name}: {error.code}: {error.message[:80]}")
        return document_text(self.pages)


def read_with_tesseract(path: Path, languages: tuple[str, ...]) -> str:
    """Text by pytesseract.image_to_string on the stored pixels, as simple services call it."""
    import pytesseract
    from PIL import Image

    language = "+".join(languages)
    pictures = plain_pictures(path)
    return "\n\n".join(
        pytesseract.image_to_string(Image.fromarray(pixels), lang=language) for pixels in pictures
    )


def read_with_rapidocr(path: Path, languages: tuple[str, ...]) -> str:
    """Text by RapidOCR with its defaults; it has one model for all languages."""
    texts = []
    for pixels in plain_pictures(path):
        result = _rapidocr()(pixels[:, :, ::-1])
        texts.append("\n".join(result.txts or ()))
    return "\n\n".join(texts)


@cache
def _rapidocr():  # type: ignore[no-untyped-def]
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})


def plain_pictures(path: Path) -> list[Pixels]:
    """Pixels as stored, or PDF pages at 300 dpi, as used by services without preparation."""
    from PIL import Image, ImageSequence

    if path.read_bytes()[:5] != b"%PDF-":
        with Image.open(path) as image:
            return [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(image)]
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    scale = BASELINE_DPI / 72
    return [np.asarray(page.render(scale=scale).to_pil().convert("RGB")) for page in document]
