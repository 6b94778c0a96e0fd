"""One line read quickly by the engine that knows its script, to check a PDF's text against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines.tesseract.request import SINGLE_LINE
from app.ocr.options import Options

from .auto.language_detection import REPRESENTATIVES

if TYPE_CHECKING:
    from app.engines.base import Engine
    from app.engines.paddleocr import PaddleOcrEngine
    from app.ocr.source.base import Pixels

    from .auto.strategy import AutoStrategy

ASIAN = ("Han", "Kana")
LATIN_LANGUAGES = ("eng",)
ASIAN_LANGUAGES = ("chi_sim", "chi_tra", "jpn")
# A reading in the wrong script is rarely this sure.
SURE = 0.85


def read_line(readers: AutoStrategy, line: Pixels, script: str) -> str | None:
    """Text of a line in the script (named as in app.ocr.scripts); None if it cannot be read."""
    if script in ASIAN:
        return _by_paddle(readers.paddle, line, ASIAN_LANGUAGES)
    if script == "Latin":
        return _by_paddle(readers.paddle, line, LATIN_LANGUAGES)
    codes = REPRESENTATIVES.get(script, ())
    by_head = next((code for code in codes if code in _installed(readers.paddle)), None)
    text = _by_paddle(readers.paddle, line, (by_head,)) if by_head else None
    by_tesseract = next((code for code in codes if code in _installed(readers.tesseract)), None)
    if text is not None or by_tesseract is None:
        return text
    options = Options(languages=(by_tesseract,), psm=SINGLE_LINE)
    return readers.tesseract.recognize(line, options).text


def _by_paddle(paddle: PaddleOcrEngine, line: Pixels, languages: tuple[str, ...]) -> str | None:
    """None if it is not sure of the text, or not installed."""
    if not paddle.availability().available:
        return None
    text, sure = paddle.read_line(line, Options(languages=languages))
    return text if sure >= SURE else None


def _installed(engine: Engine) -> tuple[str, ...]:
    return engine.languages() if engine.availability().available else ()
