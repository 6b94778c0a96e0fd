"""Detection of a page's language by our own recognizers of further scripts."""

from __future__ import annotations

from typing import Protocol

from app.engines.paddleocr.heads.catalog import LANGUAGES
from app.engines.paddleocr.heads.script_search import FoundScript
from app.engines.runtime.onnx import Floats
from app.ocr.source.base import Pixels

from .language_id import identify
from .line_sample import longest_lines


class HeadReader(Protocol):
    """What is asked of the PaddleOCR engine."""

    def text_boxes(self, pixels: Pixels) -> list[Floats]: ...

    def find_script(self, lines: list[Pixels]) -> FoundScript | None: ...


def language_by_heads(reader: HeadReader, pixels: Pixels) -> str | None:
    """The language of the script that most of the page's longest lines are in.

    The heads know scripts; which of its languages it is, the text tells, and a text too short for
    that is taken for the most widely used.
    """
    found = reader.find_script(longest_lines(pixels, reader.text_boxes(pixels)))
    if found is None:
        return None
    languages = LANGUAGES[found.script]
    identified = identify(found.text, languages)
    return identified[0] if identified else languages[0]
