"""Symbols of Latin texts that the packaged alphabet lacks or its network was not taught."""

from __future__ import annotations

import random

FRACTIONS = "¼½¾⅓⅔⅛⅜⅝⅞"
UNITS = ("", "", " kg", " l", " cup", " Tasse", " Zoll", '"', " in", " h", " %", "-inch", " Uhr")
# Symbols with a number or word {}, and as often characters that they are confused with.
OF_NUMBERS = (
    "{} ‰", "{}‰", "{} %", "{}%", "{}/4", "{}½", "{}¼", "{}¾", "{}¼", "{}¾", "№ {}", "§ {}", "¶ {}",
    "†{}", "‡{}", "{}†", "{}‡", "{}4", "{}/8", "0/00", "{}°", "{}ª", "{}º", "{}²", "{}³", "{}¹",
)  # fmt: skip
OF_WORDS = (
    "¡{}!", "¡{}!", "¡{}", "{}!", "¿{}?", "‹{}›", "<{}>", "«{}»", "{}†", "{}‡", "{}¶", "¶{}", "{}™",
    "{}®", "{}*", "i{}", "|{}", "({})", "†{}", "‡ {}",
)  # fmt: skip


def with_symbols(text: str, chance: random.Random) -> str:
    """The text with amounts inserted between words, and symbols added to some words."""
    words = text.split() or [text]
    for _ in range(1 + len(words) // 3):
        at = chance.randrange(len(words))
        if chance.random() < 0.5:
            words[at] = chance.choice(OF_WORDS).format(words[at])
        else:
            words.insert(at, amount(chance))
    return " ".join(words)


def amount(chance: random.Random) -> str:
    number = chance.choice(("", str(chance.randint(1, 9)), str(chance.randint(1, 120))))
    if chance.random() < 0.5:
        return number + chance.choice(FRACTIONS) + chance.choice(UNITS)
    if chance.random() < 0.3:
        return chance.choice(("14", "34", "12", "13", "18")) + chance.choice(UNITS)
    return chance.choice(OF_NUMBERS).format(number or "1")
