"""The quick network first, then the thorough one for the lines that it leaves in doubt."""

from __future__ import annotations

from statistics import fmean

from app.ocr.options import Options
from app.ocr.source.base import Pixels

from .alphabet import asks_for_asian, has_asian
from .ctc import Character
from .languages import BEYOND_TINY
from .recognition import ReadLine

# Of the lines whose characters the quick network reads this surely on average, and the least sure
# one that surely, the thorough one reads less than one character in a thousand differently.
SURE = 0.99
LEAST = 0.6


class CascadeReader:
    """quick: PP-OCR tiny, a fifth of the work; it knows too few Chinese and Japanese characters,
    and drops the marks of letters as surely as it reads them."""

    def __init__(self, quick: ReadLine, thorough: ReadLine) -> None:
        self.quick = quick
        self.thorough = thorough

    def __call__(self, line: Pixels, options: Options) -> list[Character]:
        """As LineReader."""
        if not asks_for_asian(options) and BEYOND_TINY.isdisjoint(options.languages):
            characters = self.quick(line, options)
            if _is_sure(characters):
                return characters
        return self.thorough(line, options)


def quick_part(reader: ReadLine) -> ReadLine:
    """The quick network of a reader that has one, with or without those of further scripts."""
    rest: ReadLine = getattr(reader, "rest", reader)
    packaged: ReadLine = getattr(rest, "packaged", rest)
    quick: ReadLine = getattr(packaged, "quick", packaged)
    return quick


def _is_sure(line: list[Character]) -> bool:
    found = [character.confidence for character in line] or [0.0]
    return fmean(found) >= SURE and min(found) >= LEAST and not has_asian(line)
