"""Which of the network's characters may stand in a text of the languages asked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.ocr.languages import AUTO, language_of
from app.ocr.options import Options
from app.ocr.scripts import script_of

ASIAN = {"Han", "Japanese"}
ASIAN_CHARACTERS = {"Han", "Kana", "Other"}


def excluded_classes(characters: list[str], options: Options) -> NDArray[np.bool_] | None:
    """One bool per class; None if all characters may come.

    A page in Latin letters has no Chinese ones: a smudge that looks like one is read as its next
    best resemblance. A whitelist leaves only its own characters, spaces and the blank.
    """
    if options.whitelist:
        allowed = set(options.whitelist) | {"", " "}
        return np.array([character not in allowed for character in characters])
    scripts = {language_of(code).script for code in options.languages}
    if AUTO in options.languages or scripts & ASIAN:
        return None
    return np.array([script_of(character[:1]) in ASIAN_CHARACTERS for character in characters])
