"""Small strokes that the network overlooks: the apostrophe of l'été, read as lété, and the second
hyphen of --name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from app.engines.lines.crops import Mask
from app.engines.paddleocr.ctc import Character

from .spaces import longest_run, runs, widest_gap

# Elided words before the letter of another word, in French, Italian and Catalan. The serifs of C, S
# and T look like apostrophes.
ELIDED = re.compile(
    r"(?<!\w)(?:[cdjlmnstDJLMN]|\w*[Qq]u)(?=[aeiouyhàâéèêëîïôöûœæAEIOUYHÀÂÉÈÊËÎÏÔÖÛŒÆ][^\W\d_])"
)
# Shares of the height of a line's ink: an apostrophe is above HIGH, has white below it down to LOW
# at least, and is at least as high as SHORTEST.
HIGH, LOW, SHORTEST = 0.5, 0.7, 0.1
OPTION = re.compile(r"(?<![^\s(\[{\"'`=|,/])-(?=[^\W\d_]{2})")
# Shares of that height: the zone of hyphens, their thickest and shortest stroke, and the shortest
# length of two that touch.
ZONE, THICKEST, HYPHEN, TWO = (0.35, 0.85), 0.2, 0.18, 0.58


def with_small_strokes(characters: list[Character], ink: Mask) -> list[Character]:
    """ink: mask of the line's ink, without that of its neighbours."""
    text = "".join(each.text for each in characters)
    if len(text) != len(characters):
        return characters
    rows = np.flatnonzero(ink.any(axis=1))
    if not rows.size:
        return characters
    body = ink[rows[0] : rows[-1] + 1]
    added = dict(_apostrophes(text, characters, body)) | dict(_hyphens(text, characters, body))
    found: list[Character] = []
    for at, character in enumerate(characters):
        found += [added[at]] if at in added else []
        found.append(character)
    return found


def _apostrophes(
    text: str, characters: list[Character], ink: Mask
) -> Iterator[tuple[int, Character]]:
    """Index of the character that an apostrophe goes before, and the apostrophe."""
    for match in ELIDED.finditer(text):
        before, after = characters[match.end() - 1 : match.end() + 1]
        if _is_between(before, after, ink):
            position = (before.position + after.position) / 2
            sure = min(before.confidence, after.confidence)
            yield match.end(), Character("'", position, sure)


def _is_between(before: Character, after: Character, ink: Mask) -> bool:
    """Whether there is a mark high between two letters, apart from both."""
    height, width = ink.shape
    between = ink[:, int(before.position * width) : int(after.position * width) + 1]
    high, low = round(HIGH * height), round(LOW * height)
    # Below, the foot of an L reaches under the apostrophe.
    empty: Mask = ~np.any(between[high:low], axis=0)
    start, end = longest_run(empty)
    mark = between[:high, start:end]
    inked = mark.any(axis=0)
    white = np.flatnonzero(~inked)
    if white.size < 2:
        return False
    island = mark[:, white[0] : white[-1]]
    return bool(np.count_nonzero(island.any(axis=1)) >= max(2, SHORTEST * height))


def _hyphens(text: str, characters: list[Character], ink: Mask) -> Iterator[tuple[int, Character]]:
    height, width = ink.shape
    top, bottom = (round(share * height) for share in ZONE)
    for match in OPTION.finditer(text):
        hyphen, letter = characters[match.start() : match.start() + 2]
        start = int(_nearest(characters[: match.start()]) * width)
        end = max(start + 1, int(letter.position * width))
        if match.start() and text[match.start() - 1] == " ":
            start = widest_gap(np.any(ink, axis=0), start, end)[1]
        part = ink[:, start:end]
        if _are_two(part, top, bottom):
            yield match.start(), hyphen


def _nearest(before: list[Character]) -> float:
    """Place of the last character that is no space; the start of the line without one."""
    return next((each.position for each in reversed(before) if each.text != " "), 0.0)


def _are_two(part: Mask, top: int, bottom: int) -> bool:
    """Whether two hyphens, between the rows top and bottom, end the part before the letter."""
    height = len(part)
    inked = part.sum(axis=0)
    level = part[top:bottom].sum(axis=0)
    strokes = runs((inked > 0) & (inked <= max(2, THICKEST * height)) & (level == inked))
    lengths = [end - start for start, end in strokes if end - start >= HYPHEN * height]
    return len(lengths) == 2 or (len(lengths) == 1 and lengths[0] >= TWO * height)
