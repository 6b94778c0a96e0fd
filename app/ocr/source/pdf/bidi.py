"""Glyphs of right-to-left text in the order in which they are read.

PDFium reverses lines of Hebrew and Arabic, but not every word of them: where a writer has put
the letters of a word in their visual order, or has drawn several as one ligature, they stay
reversed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from app.ocr.scripts import is_right_to_left

from .glyphs import Glyph

# Of the font's size: a letter further right than its predecessor by more than this is after it.
STEP = 0.03
OPENING = {")": "(", "]": "[", "}": "{", ">": "<", "»": "«"}
CLOSING = {opening: closing for closing, opening in OPENING.items()}
# The number of a list item, from left to right.
ITEM = re.compile(r"\.\d{1,3}")


@lru_cache(maxsize=4096)
def runs_leftwards(text: str) -> bool:
    return is_right_to_left(text)


def in_reading_order(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Reverse words whose letters come from left to right although they are read leftwards."""
    if not any(runs_leftwards(glyph.text) for glyph in glyphs):
        return list(glyphs)
    ordered = _with_ligatures_in_order(glyphs)
    start = 0
    for at in range(1, len(ordered) + 1):
        if at == len(ordered) or not _is_after(ordered[at - 1], ordered[at]):
            if at - start > 1:
                ordered[start:at] = _reversed(ordered[start:at])
            start = at
    return ordered


def _with_ligatures_in_order(glyphs: Sequence[Glyph]) -> list[Glyph]:
    ordered: list[Glyph] = []
    for _, group in groupby(glyphs, lambda glyph: (glyph.owner, glyph.origin, glyph.ink)):
        letters = list(group)
        if len(letters) > 1 and all(runs_leftwards(each.text) for each in letters):
            texts = [each.text for each in reversed(letters)]
            letters = [each._replace(text=text) for each, text in zip(letters, texts, strict=True)]
        ordered += letters
    return ordered


def _is_after(one: Glyph, other: Glyph) -> bool:
    """Whether a letter lies to the right of its predecessor in the same word."""
    if one.angle or other.angle or other.spaced:
        return False
    if not (runs_leftwards(one.text) and runs_leftwards(other.text)):
        return False
    if _is_mark(one.text) or _is_mark(other.text):
        return False
    step, size = STEP * one.size, one.size
    further = other.box[0] > one.box[0] + step and other.box[2] > one.box[2] + step
    on_line = abs(other.origin[1] - one.origin[1]) < size / 2
    return further and on_line and other.box[0] - one.box[2] < size / 2


def _is_mark(text: str) -> bool:
    return unicodedata.category(text[0]).startswith("M")


def _reversed(word: list[Glyph]) -> list[Glyph]:
    """The letters in reverse order; the space before the word stays before it."""
    first, last = word[0], word[-1]
    turned = [each._replace(spaced=False, apart=False) for each in reversed(word)]
    turned[0] = last._replace(spaced=first.spaced, apart=first.apart)
    return turned


def segments(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of Latin letters or digits, which run rightwards in a line that is
    read leftwards; punctuation within a number belongs to it."""
    start = None
    for at, text in enumerate([*texts, ""]):
        if text and not runs_leftwards(text) and text[0].isalnum():
            start = at if start is None else start
        elif start is not None and not _is_within_number(texts, at):
            yield start, at
            start = None


def _is_within_number(texts: Sequence[str], at: int) -> bool:
    between = 0 < at < len(texts) - 1 and texts[at] in ".,:/-"
    return between and texts[at - 1][0].isdigit() and texts[at + 1][0].isdigit()


def bracketed(word: str) -> str:
    """A word of a line that is read leftwards, opening brackets before it and closing ones after.

    Writers encode a bracket by its shape or by its meaning, and PDFium mirrors some of them. The
    full stop of a list item's number is drawn to the left of it.
    """
    if ITEM.fullmatch(word):
        return word[1:] + word[0]
    inner = [at for at, letter in enumerate(word) if letter.isalnum()]
    if not inner:
        return word
    first, last = inner[0], inner[-1]
    before = "".join(OPENING.get(letter, letter) for letter in word[:first])
    after = "".join(CLOSING.get(letter, letter) for letter in word[last + 1 :])
    return before + word[first : last + 1] + after
