"""Remove spaces that the network sees between spaced letters, and add those that it misses."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

import numpy as np

from app.engines.lines.crops import Mask
from app.engines.paddleocr.ctc import Character
from app.ocr.scripts import is_unspaced

# Longest step across a false space, in steps between letters; across a real one it is about 2.
LETTER_SPACED = 1.3
LEADER_DOTS = ".…·‥"
# White between letters is a missed space if it is about as wide as the line's other spaces, of
# which there must be some, and wider than nearly all white between its letters.
LIKE_SPACE, BEYOND_LETTERS, SPACES_SEEN = 0.8, 1.5, 2
BEFORE_SPACE = ",;:.!?)"
# A number at the start of a line before a word, and the least white between them, as a share of the
# height of the line's ink.
LEADING_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?(?=[^\W\d_]{2})")
LEAST_SPACE = 0.25
# Most characters of that word whose distances are compared with it.
LETTERS_OF_WORD = 8


def closed_up(characters: list[Character]) -> list[Character]:
    """Letter-spaced text without the spaces that the network sees in it.

    In such text the step across a space is no longer than the step between two letters of a word.
    """
    letters = [character for character in characters if character.text.strip()]
    spaces = {
        id(following)
        for space, following in pairwise(characters)
        if not space.text.strip() and following.text.strip()
    }
    # The dots of a leader are spaced as well and prove nothing about the words before them.
    words = [character for character in letters if character.text not in LEADER_DOTS]
    if 3 * sum(id(character) in spaces for character in words) < len(words):
        return characters
    steps: dict[bool, list[float]] = {True: [], False: []}
    for before, after in pairwise(words):
        steps[id(after) in spaces].append(after.position - before.position)
    if not all(steps.values()) or median(steps[True]) > LETTER_SPACED * median(steps[False]):
        return characters
    return letters


def with_lost_spaces(characters: list[Character], ink: Mask) -> list[Character]:
    """Add spaces where the white between two letters is as wide as the line's other spaces.

    ink: mask of the line's columns that have ink.
    """
    letters = [character for character in characters if character.text.strip()]
    if len(characters) - len(letters) < SPACES_SEEN:
        return characters
    spaced = {id(after) for space, after in pairwise(characters) if not space.text.strip()}
    gaps = {id(after): white_between(before, after, ink) for before, after in pairwise(letters)}
    spaces = [gap for key, gap in gaps.items() if key in spaced]
    others = [gap for key, gap in gaps.items() if key not in spaced]
    if len(spaces) < SPACES_SEEN or not others:
        return characters
    least = max(
        LIKE_SPACE * median(spaces), BEYOND_LETTERS * max(1.0, float(np.percentile(others, 90)))
    )
    found = characters[:1]
    for at, (before, after) in enumerate(pairwise(characters)):
        if gaps.get(id(after), 0) >= least and _may_part(characters[at - 1 if at else 0 : at + 3]):
            found.append(Character(" ", (before.position + after.position) / 2, 1.0))
        found.append(after)
    return found


def with_number_apart(characters: list[Character], ink: Mask) -> list[Character]:
    """Add a space between the number at the start of a line, such as a section's, and a word, where
    the white between them is wide. The line needs no other spaces.

    ink: mask of the line's pixels.
    """
    number = LEADING_NUMBER.match("".join(character.text for character in characters))
    if not number:
        return characters
    at = number.end()
    word = characters[at : at + LETTERS_OF_WORD]
    columns: Mask = np.any(ink, axis=0)
    within = [white_between(*pair, columns) for pair in pairwise(word) if all(map(_is_inked, pair))]
    height = np.count_nonzero(ink.any(axis=1))
    least = max(LEAST_SPACE * height, BEYOND_LETTERS * max(1, *within))
    before, after = characters[at - 1], word[0]
    if white_between(before, after, columns) < least:
        return characters
    space = Character(" ", (before.position + after.position) / 2, 1.0)
    return [*characters[:at], space, *characters[at:]]


def _is_inked(character: Character) -> bool:
    return bool(character.text.strip())


def _may_part(around: list[Character]) -> bool:
    """Whether two words may meet in the middle of these characters: the second has two letters or
    more, and so has the first, or it ends with punctuation. Digits do not count: they are set wide.
    """
    if len(around) < 4 or any(is_unspaced(each.text) for each in around):
        return False
    first, before, after, last = (each.text for each in around)
    if not (after.isalpha() and last.isalpha()):
        return False
    if before == "." and after.islower():  # in a name of a file
        return False
    return before in BEFORE_SPACE or (first.isalpha() and before.isalpha())


def white_between(before: Character, after: Character, ink: Mask) -> int:
    """Width in pixels of the widest empty run between two characters, 0 if they touch."""
    width = len(ink)
    start = int(before.position * width)
    end = max(start + 1, int(after.position * width))
    left, right = widest_gap(ink, start, end)
    return right - left


def widest_gap(ink: Mask, start: int, end: int) -> tuple[int, int]:
    """Widest run of empty columns between two character centres, else their middle."""
    left, right = longest_run(~ink[start:end])
    if left == right:
        middle = (start + end) // 2
        return middle, middle
    return start + left, start + right


def longest_run(values: Mask) -> tuple[int, int]:
    """Its first value and the one behind its last; both 0 without any. The first of equal ones."""
    return max(runs(values), key=lambda run: run[1] - run[0], default=(0, 0))


def runs(values: Mask) -> list[tuple[int, int]]:
    """First value of each run and the one behind its last."""
    framed = np.zeros(len(values) + 2, np.bool_)
    framed[1:-1] = values
    changes = np.flatnonzero(framed[1:] != framed[:-1]).tolist()
    return list(zip(changes[::2], changes[1::2], strict=True))
