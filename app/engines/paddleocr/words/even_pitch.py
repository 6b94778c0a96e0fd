"""Spaces of monospaced lines, settled by the pitch: self. _name, where two characters lie one step
apart, has no space."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from app.engines.paddleocr.ctc import Character
from app.ocr.scripts import is_unspaced

# Words that show the pitch: least length, and how many of them a line must have.
WORD, WORDS = 4, 2
# Largest difference, in steps, of a word's length from that of as many steps, and more per step.
UNEVEN, MORE = 0.35, 0.02
# Steps from one character to the next: up to ADJACENT there is no space between them, from APART on
# there is one. In capitals of other typefaces all spaces are between the two.
ADJACENT, APART = 1.35, 1.75


def with_even_spaces(characters: list[Character]) -> list[Character]:
    """The characters without spaces that have no room in monospaced type; others as they are."""
    pitch = _pitch(characters)
    if not pitch:
        return characters
    steps = {
        at: (characters[at + 1].position - characters[at - 1].position) / pitch
        for at in range(1, len(characters) - 1)
        if characters[at].text == " "
    }
    narrow = [at for at, step in steps.items() if step <= ADJACENT]
    if len(narrow) > sum(step >= APART for step in steps.values()):
        return characters
    return [each for at, each in enumerate(characters) if at not in narrow]


def _pitch(characters: list[Character]) -> float:
    """From character to character as a share of the line's width; 0 if the line is not
    monospaced."""
    words = [word for word in _words(characters) if len(word) >= WORD]
    if len(words) < WORDS or any(is_unspaced(each.text) for each in characters):
        return 0.0
    pitch = median(
        after.position - before.position for word in words for before, after in pairwise(word)
    )
    lengths = (word[-1].position - word[0].position for word in words)
    steps = (len(word) - 1 for word in words)
    even = all(
        abs(length - count * pitch) <= (UNEVEN + MORE * count) * pitch
        for length, count in zip(lengths, steps, strict=True)
    )
    return pitch if even else 0.0


def _words(characters: list[Character]) -> list[list[Character]]:
    words: list[list[Character]] = [[]]
    for character in characters:
        if character.text == " ":
            words.append([])
        else:
            words[-1].append(character)
    return words
