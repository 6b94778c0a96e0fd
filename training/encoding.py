"""Texts as the sequence of classes that a head recognizes from left to right."""

from __future__ import annotations

import re
import unicodedata

from bidi.algorithm import get_display

from .scripts import Script

# Persian digits that look like the Arabic ones; 4, 5 and 6 differ.
PERSIAN_DIGITS = str.maketrans("۰۱۲۳۷۸۹", "٠١٢٣٧٨٩")
POINTS = re.compile("[\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e]")
# Devanagari: consonants joined by virama, then the vowel sign i, which is drawn before them.
CONSONANT = "[\u0915-\u0939\u0958-\u095f]\u093c?"
I_SIGN = re.compile(f"((?:{CONSONANT}\u094d)*{CONSONANT})\u093f")


def encoded(text: str, script: Script) -> str:
    """The text's characters in visual order, as classes of the script.

    Arabic and Hebrew points are dropped: a head recognizes only the letters.
    """
    text = unicodedata.normalize("NFC", text)
    if script.jamo:
        return unicodedata.normalize("NFD", text)
    if script.right_to_left:
        plain = POINTS.sub("", text).translate(PERSIAN_DIGITS)
        return str(get_display(plain, base_dir="R"))
    if script.name == "Devanagari":
        return I_SIGN.sub("\u093f\\1", unicodedata.normalize("NFC", text))
    return text


def drawable(text: str, script: Script) -> bool:
    """Whether the head has a class for every character."""
    known = set(script.characters)
    return all(character in known for character in encoded(text, script))
