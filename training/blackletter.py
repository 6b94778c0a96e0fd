"""German as it was set in Fraktur: long s, old spellings, double hyphens."""

from __future__ import annotations

import random
import re
from collections.abc import Collection

LONG_S = re.compile("s(?=[a-zäöüß])")
# Round s stays before suffixes, which begin a new syllable.
ROUND_BEFORE = re.compile("ſ(?=(?:chen|lein|halb|heit|keit|lich|los|mann|voll|weise|wegen)\\b)")
# Share of the texts that have only round s, as in modern use.
ALL_ROUND = 0.15
# Share of s within words that stay round against the rule, so that a head learns the shape.
UNEXPECTED = 0.03
OLD_SPELLINGS = (
    (re.compile(r"\b(b|dab|hierb|wob)ei\b"), r"\1ey"),
    (re.compile(r"\bsein\b"), "seyn"),
    (re.compile(r"\b([Tt])(un|eil|at|or|ür|ier|al|urm)(?=|e|en|er|es|s|lich)\b"), r"\1h\2"),
    (re.compile(r"\b(R|r|M|m|N|n)(at|ut|ot)(?=|e|en|es|s|ig)\b"), r"\1\2h"),
    (re.compile(r"(\w{2})ieren\b"), r"\1iren"),
    (re.compile(r"nis\b"), "niß"),
    (re.compile(r"\b([Mm])uss\b"), r"\1uß"),
    (re.compile(r"\bdass\b"), "daß"),
)
CAPITALS = (("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"))
DOUBLE_HYPHEN, SMALL_E = "=⸗", "\u0364"


def old_print(text: str, chance: random.Random) -> str:
    """The text with long s, sometimes in old spelling and with Ae, Oe, Ue for umlauts."""
    if chance.random() < 0.5:
        for spelling, old in OLD_SPELLINGS:
            text = spelling.sub(old, text)
    if chance.random() < 0.6:
        for capital, letters in CAPITALS:
            text = text.replace(capital, letters)
    return text if chance.random() < ALL_ROUND else with_long_s(text, chance)


def with_long_s(text: str, chance: random.Random) -> str:
    def long(_: re.Match[str]) -> str:
        return "s" if chance.random() < UNEXPECTED else "ſ"

    return ROUND_BEFORE.sub("s", LONG_S.sub(long, text))


def set_in_type(text: str, letters: Collection[int], chance: random.Random) -> str:
    """The text in characters of old type, at random.

    Double hyphens, if the face has one, and a small e above a, o and u instead of two dots.
    """
    hyphens = [each for each in DOUBLE_HYPHEN if ord(each) in letters]
    if hyphens and chance.random() < 0.4:
        text = text.replace("-", chance.choice(hyphens))
    if chance.random() < 0.4:
        for dotted, letter in zip("äöü", "aou", strict=True):
            text = text.replace(dotted, letter + SMALL_E)
    return text
