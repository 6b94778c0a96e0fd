"""One line read quickly by the engine that knows its script, to check a PDF's text against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines.tesseract.request import SINGLE_LINE
from app.ocr.options import Options

from .auto.language_detection import REPRESENTATIVES

if TYPE_CHECKING:
    from app.engines.base import Engine
    from app.ocr.source.base import Pixels

    from .auto.strategy import AutoStrategy

ASIAN = ("Han", "Kana")
LATIN_LANGUAGES = ("eng",)
ASIAN_LANGUAGES = ("chi_sim", "chi_tra", "jpn")
# A reading in the wrong script is rarely this sure.
SURE = 0.85


def read_line(readers: AutoStrategy, line: Pixels, script: str) -> str | None:
    """Text of a line in the script (named as in app.ocr.scripts); None if it cannot be read."""
    reader = next(
        (code for code in REPRESENTATIVES.get(script, ()) if code in _installed(readers.tesseract)),
        None,
    )
    if script not in ("Latin", *ASIAN) and reader:
        options = Options(languages=(reader,), psm=SINGLE_LINE)
        return readers.tesseract.recognize(line, options).text
    if not readers.paddle.availability().available:
        return None
    languages = ASIAN_LANGUAGES if script in ASIAN else LATIN_LANGUAGES
    text, sure = readers.paddle.read_line(line, Options(languages=languages))
    return text if sure >= SURE else None


def _installed(engine: Engine) -> tuple[str, ...]:
    return engine.languages() if engine.availability().available else ()
