"""Letters of languages that share a script, so that a Russian page has no Tajik ones.

A language that is not listed may have all letters of its script.
"""

from __future__ import annotations

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
# Before 1918 Russian had ѣ, і, ѳ and ѵ; Ukraine and Belarus write Russian as well.
EAST_SLAVIC = RUSSIAN + "ґєіїў"
ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"

CYRILLIC_LETTERS = {
    "rus": RUSSIAN + "ѣіѳѵ",
    "ukr": EAST_SLAVIC,
    "bel": EAST_SLAVIC,
    "bul": RUSSIAN + "ѝ",
    "srp": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "mkd": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
    "kaz": RUSSIAN + "әғқңөұүһі",
    "kir": RUSSIAN + "ңөү",
    "tat": RUSSIAN + "әөүҗңһ",
    "tgk": RUSSIAN + "ғӣқӯҳҷ",
    "mon": RUSSIAN + "өү",
}
LETTERS = {
    **{code: letters + letters.upper() for code, letters in CYRILLIC_LETTERS.items()},
    "ell": "".join(map(chr, range(0x386, 0x3CF))),
    "ara": ARABIC,
    "fas": "".join(each for each in ARABIC if each not in "كىي") + "پچژگکی",
    "urd": "".join(each for each in ARABIC if each not in "كىيه") + "پچژگکیےٹڈڑںہھۓۂۃ",
}

# Greek was written with breathings and three accents until 1982, under the same language code.
POLYTONIC = frozenset(map(chr, range(0x1F00, 0x2000)))
# Least share of letters with such marks in a polytonic line.
LEAST_POLYTONIC = 0.05


def is_polytonic(text: str) -> bool:
    """Whether the text is polytonic, not modern Greek with a spot of dirt read as a breathing."""
    letters = sum(map(str.isalpha, text))
    return sum(each in POLYTONIC for each in text) > LEAST_POLYTONIC * letters


def letters_of(languages: tuple[str, ...]) -> frozenset[str] | None:
    """Letters that texts in the languages may have besides ASCII; None if any letter."""
    if not languages or any(code not in LETTERS for code in languages):
        return None
    return frozenset("".join(LETTERS[code] for code in languages))
