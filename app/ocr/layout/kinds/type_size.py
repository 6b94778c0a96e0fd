"""Type size of a run of text from the height of its ink."""

from __future__ import annotations

import unicodedata

# Ink of Latin, Greek and Cyrillic letters as shares of the type size (the em).
TALL_AND_DEEP, TALL, DEEP, SMALL = 0.92, 0.72, 0.68, 0.48
OTHER_SCRIPT = 0.9
DEEP_LETTERS = frozenset("gjpqyçþµρφψχβγζξημруфцщд,;()[]{}|/@§Q")
SMALL_LETTERS = frozenset("acegmnopqrsuvwxyzçıµαεηικμνοπρστυχωωавгежзийклмнопрстухцчшщъыьэюя")
# Punctuation has no height to judge by.
# A box may leave out letters below the baseline that are at most this share of the text.
FEW_DEEP = 1 / 15
NO_HEIGHT = frozenset(".,·•…-–—_~'\"’‘“”*^°:;=+`´")


def type_size(text: str, height: float) -> float | None:
    """Type size in pixels; None for text without letters. height: of the ink, in pixels."""
    characters = {character for character in text if not character.isspace()} - NO_HEIGHT
    if not characters:
        return None
    return height / _ink_share(characters)


def largest_size(text: str, size: float) -> float:
    """The measured type size, or a larger one if the text has so few letters below the baseline
    that its box may end there."""
    deep = sum(letter in DEEP_LETTERS for letter in text)
    return size * TALL_AND_DEEP / TALL if 0 < deep <= FEW_DEEP * len(text) else size


def depth_of(text: str) -> float:
    """Extent of the ink below the baseline, as a share of the type size."""
    if DEEP_LETTERS.isdisjoint(text):
        return 0.0
    return TALL_AND_DEEP - TALL


def _ink_share(characters: set[str]) -> float:
    if any(map(_is_other_script, characters)):
        return OTHER_SCRIPT
    deep = bool(characters & DEEP_LETTERS)
    tall = not characters <= SMALL_LETTERS
    if tall:
        return TALL_AND_DEEP if deep else TALL
    return DEEP if deep else SMALL


def _is_other_script(character: str) -> bool:
    return character > "\u0500" and unicodedata.category(character)[0] in "LM"
