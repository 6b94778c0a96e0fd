"""Language hints, as products send them by default."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.ocr.languages import AUTO, from_tag
from app.ocr.options import MOST_LANGUAGES
from app.services import installed

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
    codes_here = {entry.code for entry in installed.languages()}
    parts = (part for name in names for part in re.split(r"[+,\s]+", name) if part)
    codes = dict.fromkeys(ENGINE_NAMES.get(part.lower()) or from_tag(part) for part in parts)
    if AUTO in codes:
        return (AUTO,)
    return tuple(code for code in codes if code in codes_here)[:MOST_LANGUAGES]
