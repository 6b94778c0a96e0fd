"""Spaces that the networks often leave out beside symbols and numbers (36,5 %, Name / Nom, a = b,
γ (3), 5 x), and where the white is very wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from app.engines.lines.crops import Mask
from app.engines.paddleocr.ctc import Character
from app.ocr.scripts import is_unspaced

from .spaces import BEYOND_LETTERS, white_between

UNITS, SLASH = frozenset("%‰"), "/"
# Have a space on both sides or on none.
BETWEEN = frozenset("/=+-×·±≈≠≤≥∈∪∩→")
OPENING, CLOSING = frozenset("(["), frozenset(",.;:")
# Runs of these are leaders, fillers or blanks; their white is no space.
NEVER = frozenset("_.…·‥<")
# Least white as a share of the height of the line's ink: before a unit, on both sides of a symbol,
# before a bracket, between a digit and a letter, and anywhere. In monospaced type =, for example,
# has nearly as much white without a space.
UNIT, SYMBOL, BRACKET, NUMBER, ANYWHERE = 0.28, 0.25, 0.3, 0.35, 0.75
# The same for a slash whose white is narrower than the line's spaces, and a bracket in a line
# without spaces.
SLASH_ALONE, BRACKET_ALONE = 0.28, 0.4
# The same as a share of the line's narrowest space, if it has any.
LIKE_SPACE = 0.7
# A word that is a number, at the end of a text.
NUMBER_AT_END = re.compile(r"(?:^| )[\d.,]+$")


@dataclass(frozen=True)
class _Line:
    """ink: mask of the line's pixels."""

    characters: list[Character]
    ink: Mask

    @cached_property
    def height(self) -> int:
        return int(np.count_nonzero(self.ink.any(axis=1)))

    @cached_property
    def columns(self) -> Mask:
        return np.asarray(self.ink.any(axis=0))

    def white(self, at: int) -> int:
        """Pixels before a character."""
        return white_between(self.characters[at - 1], self.characters[at], self.columns)

    @cached_property
    def usual(self) -> float:
        """White that nearly all pairs of letters and digits within words do not exceed."""
        within = [
            white_between(*pair, self.columns)
            for pair in pairwise(self.characters)
            if all(each.text.isalnum() for each in pair)
        ]
        return float(np.percentile(within, 90)) if within else 0.0

    @cached_property
    def space(self) -> int:
        """White of the line's narrowest space; 0 if it has none."""
        spaces = (at for at, each in enumerate(self.characters) if _is_space(each))
        return min(
            (
                white_between(self.characters[at - 1], self.characters[at + 1], self.columns)
                for at in spaces
                if 0 < at < len(self.characters) - 1
            ),
            default=0,
        )

    def is_wide(self, at: int, share: float) -> bool:
        white = self.white(at)
        return white >= share * self.height and white >= BEYOND_LETTERS * self.usual

    def is_like_space(self, at: int) -> bool:
        return self.white(at) >= LIKE_SPACE * self.space

    def lacks_space(self, at: int) -> bool:
        """Whether a space is missing before this character."""
        before, after = self.characters[at - 1], self.characters[at]
        texts = before.text, after.text
        if " " in texts or any(map(is_unspaced, texts)):
            return False
        if after.text in UNITS and before.text.isdigit() and self.is_wide(at, UNIT):
            return True
        if not BETWEEN.isdisjoint(texts):
            return self._is_between(at if after.text in BETWEEN else at - 1)
        if after.text in OPENING:
            share = BRACKET if self.space else BRACKET_ALONE
            return self.is_wide(at, share) and self.is_like_space(at)
        if before.text.isdigit() and after.text.isalpha():
            wide = self.white(at) >= NUMBER * self.height and self.is_like_space(at)
            return wide and self._is_number(at)
        # Of most characters the distance of their middles already tells.
        distance = (after.position - before.position) * len(self.columns)
        return (
            distance > ANYWHERE * self.height
            and NEVER.isdisjoint(texts)
            and after.text not in CLOSING
            and self.is_wide(at, ANYWHERE)
            and self.is_like_space(at)
        )

    def _is_number(self, end: int) -> bool:
        """Whether the word up to here is a number: codes with letters are often set wide."""
        text = "".join(each.text for each in self.characters[:end])
        return NUMBER_AT_END.search(text) is not None

    def _is_between(self, symbol: int) -> bool:
        """Whether a symbol has space on both sides."""
        if not 0 < symbol < len(self.characters) - 1:
            return False
        if self.characters[symbol].text == SLASH and self._is_apart(symbol, SLASH_ALONE):
            return True
        return self._is_apart(symbol, SYMBOL, like_space=True)

    def _is_apart(self, symbol: int, share: float, *, like_space: bool = False) -> bool:
        """Whether it has white of this share of the height, or a space, on both sides."""
        return all(
            any(map(_is_space, self.characters[at - 1 : at + 1]))
            or (self.is_wide(at, share) and (not like_space or self.is_like_space(at)))
            for at in (symbol, symbol + 1)
        )


def with_symbols_apart(characters: list[Character], ink: Mask) -> list[Character]:
    """The characters, with a space where the white beside a symbol or a number is as wide as one.

    ink: mask of the line's pixels.
    """
    return list(_spaced(_Line(characters, ink)))


def _spaced(line: _Line) -> Iterator[Character]:
    last: Character | None = None
    for at, character in enumerate(line.characters):
        if last and line.lacks_space(at):
            yield Character(" ", (last.position + character.position) / 2, 1.0)
        yield character
        last = character


def _is_space(character: Character) -> bool:
    return not character.text.strip()
