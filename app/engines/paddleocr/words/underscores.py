"""Underscores within names, which the network takes for spaces: load_page, read as "load page"."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.engines.lines.crops import Mask
from app.engines.paddleocr.ctc import Character

# Shares of a line's height: where its foot begins, and the longest underscore.
FOOT, LONGEST = 0.55, 0.7
# Share of the way from letter to letter that the stroke fills, with white above it.
FILLED, WHITE_ABOVE = 0.35, 0.8


def with_underscores(characters: list[Character], ink: Mask) -> list[Character]:
    """ink: where the picture of the line has some, its foot included."""
    return list(_settled(characters, ink))


def _settled(characters: list[Character], ink: Mask) -> Iterator[Character]:
    for at, each in enumerate(characters):
        around = characters[at - 1 : at + 2]
        if each.text == " " and len(around) == 3 and _is_underscore(around[0], around[2], ink):
            sure = min(around[0].confidence, around[2].confidence)
            yield Character("_", each.position, sure)
        else:
            yield each


def _is_underscore(before: Character, after: Character, ink: Mask) -> bool:
    """Whether a stroke lies between the feet of two letters, and under neither: a link's would."""
    if not (before.text.isalnum() and after.text.isalnum()):
        return False
    height, width = ink.shape
    first, last = int(before.position * width), min(width - 1, int(after.position * width))
    between = ink[:, first : last + 1]
    for row in range(int(FOOT * height), height):
        start, end = _longest_run(between[row])
        if not FILLED * (last - first) <= end - start <= LONGEST * height:
            continue
        white = ~between[:row, start:end].any(axis=0)
        if white.mean() >= WHITE_ABOVE and not between[row, 0] and not between[row, -1]:
            return True
    return False


def _longest_run(row: Mask) -> tuple[int, int]:
    """First column and the one behind the last; both 0 for an empty row."""
    changes = np.flatnonzero(np.diff(np.r_[False, row, False].astype(np.int8)))
    if not changes.size:
        return 0, 0
    starts, ends = changes[::2], changes[1::2]
    longest = int((ends - starts).argmax())
    return int(starts[longest]), int(ends[longest])
