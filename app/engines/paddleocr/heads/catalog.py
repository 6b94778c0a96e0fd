"""Scripts with a recognizer of our own, each a file, and their languages."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from app.engines.paddleocr.models import digest

logger = logging.getLogger(__name__)

MODELS = Path(__file__).with_name("models")
# PP-OCRv6_rec_small.onnx of the rapidocr wheel.
TRUNK_SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
# The only tensor between its convolutions and the rest: (1, 384, 1, width / 8).
FEATURES = "p2o.pd_op.pool2d.1.0"
# Accuracy of each: benchmarks/scripts.py, docs/benchmarks.md.
LANGUAGES: dict[str, tuple[str, ...]] = {
    "Cyrillic": ("rus", "ukr", "bul", "srp", "mkd", "bel", "kaz", "kir", "tat", "tgk", "mon"),
    "Greek": ("ell", "grc"),
    "Vietnamese": ("vie",),
    "Hebrew": ("heb",),
    "Hangul": ("kor",),
    "Arabic": ("ara", "fas", "urd"),
    "Devanagari": ("hin", "mar", "nep"),
    "Thai": ("tha",),
    "Georgian": ("kat",),
    "Armenian": ("hye",),
    "Fraktur": ("frk", "deu_latf"),
}
# Not proven to read clean lines as well as Tesseract, so "auto" prefers Tesseract where it has the
# language.
BEHIND_TESSERACT = {"Arabic", "Devanagari", "Thai"}
# A page in one of these looks like any page in Latin letters, so a single line decides nothing.
LATIN = {"Vietnamese", "Fraktur"}


def head_file(script: str) -> Path:
    return MODELS / f"{script.lower()}.onnx"


def head_languages() -> tuple[str, ...]:
    return tuple(code for codes in LANGUAGES.values() for code in codes)


def scripts_of(languages: tuple[str, ...]) -> list[str]:
    """Scripts whose head reads one of the languages."""
    return [script for script, codes in LANGUAGES.items() if set(codes) & set(languages)]


def are_behind(languages: tuple[str, ...]) -> bool:
    """Whether Tesseract reads one of the languages better than its head does."""
    return bool(BEHIND_TESSERACT & set(scripts_of(languages)))


@cache
def fits_heads(recognizer: Path) -> bool:
    """Whether the file is the recognizer whose convolutions the heads were trained on."""
    fits = digest(recognizer) == TRUNK_SHA256
    if not fits:
        logger.warning("No recognition of further scripts: %s is another model", recognizer.name)
    return fits
