"""Underscores within and around names, which the network takes for spaces, or sees one of two:
load_page, read as "load page", and __init__, read as "_init_"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

import numpy as np

from app.engines.lines.crops import Mask
from app.engines.paddleocr.ctc import Character

from .spaces import longest_run

# Shares of a line's height: where its foot begins, and the longest stroke taken for a space.
FOOT, LONGEST = 0.55, 1.1
# Least share of the way between two letters that such a stroke fills, and of its columns that have
# white above it.
FILLED, WHITE_ABOVE = 0.35, 0.8
# Lengths in steps from letter to letter: of the shortest underscore and of the longest pair, as
# names begin and end with. Longer strokes are a blank to fill in.
SHORTEST, MORE = 0.4, 2.6
# Length of the shortest pair as a share of the stroke's distance from the top of the letters: steps
# differ between typefaces, and this share of the ink is above the top, as of a neighbouring line.
TWO, ABOVE = 0.95, 0.01
# An underscore touches the letter next to it: white of this many steps is a space, if the letter's
# middle is as far as FURTHER. In monospaced type narrow characters have white beside them.
SPACE, FURTHER = 0.35, 0.8


class _Stroke(NamedTuple):
    """Its row, its first column, the one after its last, and on either side the width of the white
    and the distance of the next letter's middle."""

    row: int
    start: int
    end: int
    white_before: int
    white_after: int
    way_before: int
    way_after: int

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class _Picture:
    """The ink of a line. step: columns from letter to letter."""

    ink: Mask
    step: float

    @cached_property
    def top(self) -> int:
        """First row of the letters."""
        above = self.ink.sum(axis=1).cumsum()
        return int(np.searchsorted(above, ABOVE * above[-1]))

    def stroke(self, before: Character | None, after: Character | None) -> _Stroke | None:
        """The stroke between the feet of two letters, under neither; the one of a link would be."""
        height, width = self.ink.shape
        first = int(before.position * width) if before else 0
        last = min(width - 1, int(after.position * width)) if after else width - 1
        between: Mask = self.ink[:, first : last + 1]
        empty: Mask = np.logical_not(between.any(axis=0))
        foot, shortest = int(FOOT * height), SHORTEST * self.step
        # Of most rows the number of inked columns already tells, in a tenth of the time.
        for row in foot + np.flatnonzero(between[foot:].sum(axis=1) >= shortest):
            start, end = longest_run(between[row])
            under_letter = (start == 0 and before) or (end == len(empty) and after)
            if under_letter or end - start < shortest:
                continue
            white = ~between[:row, start:end].any(axis=0)
            if white.mean() >= WHITE_ABOVE:
                return _Stroke(
                    int(row),
                    first + start,
                    first + end,
                    _run_at_end(empty[:start]),
                    _run_at_end(empty[end:][::-1]),
                    start,
                    len(empty) - end,
                )
        return None

    def is_underscore(self, stroke: _Stroke, before: Character, after: Character) -> bool:
        """Whether a stroke that the network took for a space is an underscore."""
        way = (after.position - before.position) * self.ink.shape[1]
        longest = min(MORE * self.step, LONGEST * self.ink.shape[0])
        return bool(FILLED * way <= stroke.length <= longest)

    def measured(self, seen: int, stroke: _Stroke, confidence: float) -> Iterator[Character]:
        """As many underscores as the stroke is long, and the spaces around them."""
        width = self.ink.shape[1]
        two = TWO * (stroke.row - self.top) <= stroke.length <= MORE * self.step
        count = max(seen, 2) if two else seen
        if self._is_space(stroke.white_before, stroke.way_before):
            yield Character(" ", (stroke.start - stroke.white_before / 2) / width, 1.0)
        for at in range(count):
            position = stroke.start + (at + 0.5) * stroke.length / count
            yield Character("_", position / width, confidence)
        if self._is_space(stroke.white_after, stroke.way_after):
            yield Character(" ", (stroke.end + stroke.white_after / 2) / width, 1.0)

    def _is_space(self, white: int, way: int) -> bool:
        return white >= SPACE * self.step and way >= FURTHER * self.step


def with_underscores(characters: list[Character], ink: Mask) -> list[Character]:
    """ink: mask of the ink in the whole picture of the line, its foot included."""
    step = _usual_step(characters) * ink.shape[1]
    return list(_settled(characters, _Picture(ink, step))) if step else characters


def _usual_step(characters: list[Character]) -> float:
    """From letter to letter within words, as a share of the line's width; 0 without any."""
    steps = [
        after.position - before.position
        for before, after in pairwise(characters)
        if before.text.isalnum() and after.text.isalnum()
    ]
    return median(steps) if steps else 0.0


def _settled(characters: list[Character], picture: _Picture) -> Iterator[Character]:
    end = 0
    for text, group in groupby(characters, key=lambda each: each.text):
        run = list(group)
        start, end = end, end + len(run)
        before = _nearest(reversed(characters[:start]))
        after = _nearest(characters[end:])
        stroke = picture.stroke(before, after) if text in ("_", " ") else None
        if stroke and text == "_":
            found = list(picture.measured(len(run), stroke, run[0].confidence))
            yield from _without_second_spaces(
                found, characters[start - 1 : start], characters[end:]
            )
        elif (
            (stroke and before and after)
            and before.text.isalnum()
            and after.text.isalnum()
            and picture.is_underscore(stroke, before, after)
        ):
            sure = min(before.confidence, after.confidence)
            yield from picture.measured(1, stroke, sure)
        else:
            yield from run


def _nearest(characters: Iterable[Character]) -> Character | None:
    return next((each for each in characters if each.text != " "), None)


def _without_second_spaces(
    found: list[Character], before: list[Character], after: list[Character]
) -> list[Character]:
    """found, without a space at either end where the neighbouring character is one too, or the line
    ends."""
    if found[0].text == " " and (not before or before[-1].text == " "):
        del found[0]
    if found[-1].text == " " and (not after or after[0].text == " "):
        del found[-1]
    return found


def _run_at_end(empty: Mask) -> int:
    """Length of the run of empty columns at the end."""
    filled = np.flatnonzero(~empty)
    return len(empty) - 1 - int(filled[-1]) if filled.size else len(empty)
