"""Which of the network's characters may stand in a text of the languages asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.ocr.languages import AUTO, language_of
from app.ocr.options import Options
from app.ocr.scripts import script_of

if TYPE_CHECKING:
    from .recognition import Character

ASIAN = {"Han", "Japanese"}
ASIAN_CHARACTERS = {"Han", "Kana", "Other"}
# Rules and dashes are read as these.
STROKES = set("一二三丨ー")
# A line is Chinese or Japanese, and no smudge, from so many different characters read so surely.
SURE_CHARACTERS = 2
SURE_CONFIDENCE = 0.8


def excluded_classes(characters: list[str], options: Options) -> NDArray[np.bool_] | None:
    """One bool per class; None if all characters may come.

    A page in Latin letters has no Chinese ones: a smudge that looks like one is read as its next
    best resemblance. A whitelist leaves only its own characters, spaces and the blank.
    """
    if options.whitelist:
        allowed = set(options.whitelist) | {"", " "}
        return np.array([character not in allowed for character in characters])
    scripts = {language_of(code).script for code in options.languages}
    if options.languages == (AUTO,) or scripts & ASIAN:
        return None
    return np.array([script_of(character[:1]) in ASIAN_CHARACTERS for character in characters])


def is_surely_asian(line: list[Character]) -> bool:
    """Whether a line read with all characters is mostly Chinese or Japanese beyond doubt."""
    letters = [character for character in line if script_of(character.text[:1])]
    asian = [each for each in letters if script_of(each.text[:1]) in ASIAN_CHARACTERS]
    different = {each.text for each in asian} - STROKES
    if len(different) < SURE_CHARACTERS or 2 * len(asian) < len(letters):
        return False
    return sum(each.confidence for each in asian) >= SURE_CONFIDENCE * len(asian)
