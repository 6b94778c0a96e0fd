"""Language hints, as products send them by default."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.ocr.languages import AUTO, from_tag
from app.ocr.options import MOST_LANGUAGES
from app.recognition.catalog import language_catalog
from app.services.engine_settings import engine_config

# EasyOCR's and PaddleOCR's own names, which are in no standard.
ENGINE_NAMES = {
    "ch": "chi_sim",
    "ch_sim": "chi_sim",
    "ch_tra": "chi_tra",
    "chinese_cht": "chi_tra",
    "german": "deu",
    "french": "fra",
    "japan": "jpn",
    "korean": "kor",
}


def installed_languages(names: Iterable[str]) -> tuple[str, ...]:
    """Tesseract codes of those named languages that this site reads: a hint is not a condition.

    names: tags or codes, or several joined as in `eng+deu` or `en,de`.
    """
    installed = {entry.code for entry in language_catalog(engine_config()) if entry.engines}
    parts = (part for name in names for part in re.split(r"[+,\s]+", name) if part)
    codes = dict.fromkeys(ENGINE_NAMES.get(part.lower()) or from_tag(part) for part in parts)
    if AUTO in codes:
        return (AUTO,)
    return tuple(code for code in codes if code in installed)[:MOST_LANGUAGES]
