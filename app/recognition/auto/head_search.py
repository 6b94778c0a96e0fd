"""Detection of a page's language by our own recognizers of further scripts."""

from __future__ import annotations

from statistics import fmean
from typing import Protocol

from app.engines.paddleocr.heads.catalog import LANGUAGES, LATIN
from app.engines.paddleocr.heads.script_search import FoundScript
from app.engines.runtime.onnx import Floats
from app.ocr.options import Options
from app.ocr.source.base import Pixels

from .language_detection import script_share
from .language_id import identify
from .line_sample import longest_lines

# Share of a text's letters in one script.
MOSTLY = 0.6
# Mean confidence of a reading in Latin letters, and the probability of its language.
SURE, PLAUSIBLE = 0.8, 0.6
FRAKTUR = "frk"
# In Fraktur the head is this much surer than PP-OCR, and this share of the letters is the long s.
FRAKTUR_LEAD, LONG_S = 0.02, 0.01


class HeadReader(Protocol):
    """What is asked of the PaddleOCR engine."""

    def text_boxes(self, pixels: Pixels) -> list[Floats]: ...

    def find_script(self, lines: list[Pixels]) -> FoundScript | None: ...

    def read_line(self, line: Pixels, options: Options) -> tuple[str, float]: ...


def language_by_heads(
    reader: HeadReader, pixels: Pixels, candidates: tuple[str, ...]
) -> str | None:
    """The language of the page, by the script of most of its longest lines.

    The heads find the script and the text its language; of a text too short for that it is the most
    widely used one. candidates: languages in Latin letters that it may be in as well.
    """
    lines = longest_lines(pixels, reader.text_boxes(pixels))
    found = reader.find_script(lines)
    if found is None:
        return _in_latin_letters(reader, lines, candidates)
    languages = LANGUAGES[found.script]
    identified = identify(found.text, languages)
    return identified[0] if identified else languages[0]


def fraktur_by_head(reader: HeadReader, pixels: Pixels) -> str | None:
    """Fraktur's code, if its head reads the longest lines of a German page as Fraktur."""
    lines = longest_lines(pixels, reader.text_boxes(pixels))
    if not lines:
        return None
    own = [reader.read_line(line, Options(languages=(FRAKTUR,))) for line in lines]
    roman = [reader.read_line(line, Options(languages=("deu",))) for line in lines]
    lead = fmean(sure for _, sure in own) - fmean(sure for _, sure in roman)
    letters = "".join(each for text, _ in own for each in text if each.isalpha())
    is_old = letters.count("ſ") >= max(1, LONG_S * len(letters))
    return FRAKTUR if is_old and lead >= FRAKTUR_LEAD else None


def language_of_text(text: str) -> str | None:
    """The language of a text that is mostly in the script of one head; None for any other."""
    for script, languages in LANGUAGES.items():
        if script_share(text, (script,)) >= MOSTLY:
            identified = identify(text, languages)
            return identified[0] if identified else languages[0]
    return None


def _in_latin_letters(
    reader: HeadReader, lines: list[Pixels], candidates: tuple[str, ...]
) -> str | None:
    """A language whose head reads the lines confidently, as text that identifies as its own."""
    for code in (code for script in sorted(LATIN) for code in LANGUAGES.get(script, ())):
        if code not in candidates:
            continue
        readings = [reader.read_line(line, Options(languages=(code,))) for line in lines]
        identified = identify("\n".join(text for text, _ in readings), candidates)
        sure = readings and fmean(confidence for _, confidence in readings) >= SURE
        if sure and identified and identified[0] == code and identified[1] >= PLAUSIBLE:
            return code
    return None
