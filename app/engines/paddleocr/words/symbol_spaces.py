"""Spaces before % and beside a slash, which the networks often leave out: 36,5 %, Name / Nom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from app.engines.lines.crops import Mask
from app.engines.paddleocr.ctc import Character

from .spaces import BEYOND_LETTERS, white_between

UNITS, SLASH = frozenset("%‰"), "/"
# Least white as a share of the height of the line's ink. Around other symbols, such as =, as much
# white belongs to the typeface.
LEAST = 0.28


def with_symbols_apart(characters: list[Character], ink: Mask) -> list[Character]:
    """The characters, with a space where the white beside a symbol is as wide as one.

    ink: mask of the line's pixels.
    """
    if not any(each.text in UNITS or each.text == SLASH for each in characters):
        return characters
    columns: Mask = np.any(ink, axis=0)
    height = int(np.count_nonzero(ink.any(axis=1)))
    letters = [
        white_between(*pair, columns)
        for pair in pairwise(characters)
        if all(each.text.isalnum() for each in pair)
    ]
    usual = float(np.percentile(letters, 90)) if letters else 0.0
    least = max(LEAST * height, BEYOND_LETTERS * usual)

    def is_apart(before: Character, after: Character) -> bool:
        return after.text == " " or white_between(before, after, columns) >= least

    apart: set[int] = set()
    for at in range(1, len(characters)):
        before, symbol = characters[at - 1 : at + 1]
        after = characters[at + 1 : at + 2]
        if symbol.text in UNITS and before.text.isdigit() and is_apart(before, symbol):
            apart.add(at)
        elif symbol.text == SLASH and after and _are_names(before.text, after[0].text):
            both = is_apart(before, symbol) and is_apart(symbol, after[0])
            apart |= {at, at + 1} if both else set()
    return list(_with_spaces(characters, apart))


def _are_names(before: str, after: str) -> bool:
    """Whether a slash between these characters may stand between two words."""
    return before.isalpha() and (after.isalpha() or after == " ")


def _with_spaces(characters: list[Character], apart: set[int]) -> Iterator[Character]:
    """The characters, with a space before those of the indices that are no spaces."""
    for at, character in enumerate(characters):
        if at in apart and character.text != " ":
            position = (characters[at - 1].position + character.position) / 2
            yield Character(" ", position, 1.0)
        yield character
