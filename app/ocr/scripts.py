"""Writing systems of characters, and what follows from them: spaces and direction."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from .result import Bbox

# First word of a character's Unicode name -> script; letters outside the table count as "Other".
NAME_TO_SCRIPT = {
    "LATIN": "Latin",
    "CYRILLIC": "Cyrillic",
    "GREEK": "Greek",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "DEVANAGARI": "Devanagari",
    "CJK": "Han",
    "HIRAGANA": "Kana",
    "KATAKANA": "Kana",
    "HALFWIDTH": "Kana",
    "HANGUL": "Hangul",
    "THAI": "Thai",
    "GEORGIAN": "Georgian",
    "ARMENIAN": "Armenian",
}
UNSPACED = {"Han", "Kana"}
# A line that is taller than this times its width is vertical writing.
VERTICAL_RATIO = 1.5
RIGHT_TO_LEFT = {"Arabic", "Hebrew"}


@lru_cache(maxsize=8192)
def script_of(character: str) -> str | None:
    """ "Latin", "Cyrillic", "Han" …, "Other" for further alphabets, None for a non-letter."""
    if not character or not unicodedata.category(character).startswith(("L", "M")):
        return None
    name = unicodedata.name(character, "").partition(" ")[0]
    if character == "ー":
        return "Kana"
    return NAME_TO_SCRIPT.get(name, "Other")


def script_counts(text: str) -> Counter[str]:
    """Letters of each script."""
    return Counter(script for script in map(script_of, text) if script)


def is_unspaced(character: str) -> bool:
    """Whether it is a Chinese or Japanese character or full-width punctuation, written unspaced.

    False for "", the text of a box in which nothing was recognized.
    """
    if not character:
        return False
    return script_of(character) in UNSPACED or (
        unicodedata.east_asian_width(character) in "WF"
        and (unicodedata.category(character).startswith("P"))
    )


def joins_without_space(left: str, right: str) -> bool:
    """Whether two neighbouring pieces of a line touch, as Chinese and Japanese characters do."""
    return bool(left and right) and is_unspaced(left[-1]) and is_unspaced(right[0])


def is_right_to_left(text: str) -> bool:
    """Whether most strong characters run right to left; ASCII has none that do."""
    if text.isascii():
        return False
    counts = Counter(unicodedata.bidirectional(character) for character in text)
    return counts["R"] + counts["AL"] > counts["L"]


def is_vertical(text: str, bbox: Bbox) -> bool:
    """Whether a line is vertical Chinese or Japanese, by its shape and its characters."""
    return bbox.height > VERTICAL_RATIO * bbox.width and all(map(is_unspaced, text))
