"""The network's characters that are allowed in a text, and Chinese and Japanese ones among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.ocr.languages import language_of
from app.ocr.options import Options
from app.ocr.scripts import script_of

if TYPE_CHECKING:
    from .ctc import Character, Classes

ASIAN = {"Han", "Japanese"}
ASIAN_CHARACTERS = {"Han", "Kana", "Other"}
# Characters that drawn rules and dashes are mistaken for.
STROKES = set("一二三丨ー")
# Least number of different characters, and their least mean confidence, in a line that is Chinese
# or Japanese and not a smudge.
SURE_CHARACTERS = 2
SURE_CONFIDENCE = 0.8


def classes_without_asian(characters: list[str]) -> Classes:
    """Indices of all classes but those of Chinese and Japanese characters, ascending."""
    return np.flatnonzero([not _is_asian(character) for character in characters])


def classes_of_whitelist(characters: list[str], whitelist: str) -> Classes:
    """Indices of the whitelist's characters, spaces and the blank, ascending."""
    wanted = {*whitelist, "", " "}
    return np.flatnonzero([character in wanted for character in characters])


def asks_for_asian(options: Options) -> bool:
    return any(language_of(code).script in ASIAN for code in options.languages)


def has_asian(line: list[Character]) -> bool:
    return any(_is_asian(each.text) for each in line)


def is_surely_asian(line: list[Character]) -> bool:
    """Whether a line read with the full alphabet is mostly, and clearly, Chinese or Japanese."""
    letters = [character for character in line if script_of(character.text[:1])]
    asian = [each for each in letters if _is_asian(each.text)]
    different = {each.text for each in asian} - STROKES
    if len(different) < SURE_CHARACTERS or 2 * len(asian) < len(letters):
        return False
    return sum(each.confidence for each in asian) >= SURE_CONFIDENCE * len(asian)


def _is_asian(character: str) -> bool:
    return script_of(character[:1]) in ASIAN_CHARACTERS
