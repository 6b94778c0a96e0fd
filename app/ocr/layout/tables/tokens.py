"""Words of a page for tables: upright, with the largest distance to the next word of a text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import attrgetter
from statistics import median

import numpy as np

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word

from .ruled.ruling import Segment

# In heights of a line: limits of the gap that separates texts. Spaces between words are about a
# quarter, but a half and more on a typewriter or in justified lines.
LEAST_REACH = 0.6
WIDEST_SPACE = 1.1
# A gap separates texts if it is this many times as wide as the spaces between words.
SPACES = 2.2
FEWEST_SPACES = 5
# Share of the spaces that are narrower than the typical one, in a line and on a page, which may
# have justified lines and others.
LEAST_OF_LINE = 0.34
LEAST_OF_PAGE = 0.1
DOTS = ".…·_‥"
LEADER = re.compile(rf"^[{DOTS}\s]{{2,}}$|^\.$")
TRAILING_LEADER = re.compile(rf"[{DOTS}]{{3,}}$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its box as if its line ran across.

    piece, index: its place in the page. reach: most pixels to the next word of the same text.
    zone: number of vertical rules on its left at its height. centre, middle: of its box,
    across and down. is_leader: it is dots that lead to a number.
    """

    word: Word
    box: Bbox
    piece: int
    index: int
    bold: bool
    reach: float
    zone: int = 0
    centre: float = field(init=False, compare=False)
    middle: float = field(init=False, compare=False)
    is_leader: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        left, top, right, bottom = self.box
        object.__setattr__(self, "centre", (left + right) / 2)
        object.__setattr__(self, "middle", (top + bottom) / 2)
        text = self.word.text
        dotted = not text[-1:].isalnum() and LEADER.match(text) is not None
        object.__setattr__(self, "is_leader", dotted)


Tokens = Sequence[Token]
_middle = attrgetter("middle")


def tokens_of(pieces: Sequence[Piece], boxes: Sequence[Sequence[Bbox]]) -> list[Token]:
    """The words of the pieces as tokens. boxes: of each piece's words, upright."""
    heights = [box.height for turned in boxes for box in turned]
    unit = float(median(heights)) if heights else 1.0
    spaces = [_spaces(piece, turned, unit) for piece, turned in zip(pieces, boxes, strict=True)]
    every = [space for each in spaces for space in each]
    usual = _reach(every, unit, LEAST_REACH * unit, LEAST_OF_PAGE)
    tokens = []
    for number, (piece, turned) in enumerate(zip(pieces, boxes, strict=True)):
        reach = _reach(spaces[number], unit, usual, LEAST_OF_LINE)
        tokens += [
            Token(word, _without_leader(word.text, box), number, index, bool(piece.bold), reach)
            for index, (word, box) in enumerate(zip(piece.words, turned, strict=True))
            if word.text.strip() and box.width > 0 and box.height > 0
        ]
    return tokens


def _without_leader(text: str, box: Bbox) -> Bbox:
    """The part of a word before the dots that lead on to a number in the next column."""
    if text[-1:] not in DOTS:
        return box
    solid = TRAILING_LEADER.sub("", text)
    if not solid or len(solid) == len(text):
        return box
    width = max(1, round(box.width * len(solid) / len(text)))
    return Bbox(box.left, box.top, box.left + width, box.bottom)


def _spaces(piece: Piece, boxes: Sequence[Bbox], unit: float) -> list[int]:
    """Widths of the spaces between words of letters; numbers may be cells."""
    texts = [word.text for word in piece.words]
    found = []
    for (one, other), (text, following) in zip(pairwise(boxes), pairwise(texts), strict=True):
        gap = max(other.left - one.right, one.left - other.right)
        if text[-1:].isalpha() and following[:1].isalpha() and 0 < gap < WIDEST_SPACE * unit:
            found.append(gap)
    return found


def _reach(spaces: Sequence[int], unit: float, usual: float, least: float) -> float:
    """Largest gap within a text, in pixels. least: share of spaces narrower than typical ones."""
    if len(spaces) < FEWEST_SPACES:
        return usual
    typical = sorted(spaces)[int(len(spaces) * least)]
    return min(max(SPACES * typical, LEAST_REACH * unit), WIDEST_SPACE * unit)


def with_zones(tokens: Tokens, walls: Sequence[Segment]) -> list[Token]:
    """The tokens with their zones. walls: vertical rules."""
    if not walls or not tokens:
        return list(tokens)
    at, start, end = np.array([(wall.at, wall.start, wall.end) for wall in walls]).T
    x = np.array([token.centre for token in tokens])[:, None]
    y = np.array([token.middle for token in tokens])[:, None]
    zones = ((at < x) & (start <= y) & (y <= end)).sum(axis=1)
    return [
        replace(token, zone=zone) if zone else token
        for token, zone in zip(tokens, zones.tolist(), strict=True)
    ]


def within_heights(tokens: Tokens, top: float, bottom: float) -> Tokens:
    """Tokens with their middles between two heights. tokens: sorted by middle, top to bottom."""
    start = bisect_left(tokens, top, key=_middle)
    return tokens[start : bisect_right(tokens, bottom, lo=start, key=_middle)]


def within(tokens: Tokens, across: tuple[float, float], down: tuple[float, float]) -> list[Token]:
    """Tokens with their middles in a rectangle. tokens: from top to bottom."""
    left, right = across
    return [token for token in within_heights(tokens, *down) if left <= token.centre <= right]


def from_top_to_bottom(tokens: Tokens) -> list[Token]:
    return sorted(tokens, key=_middle)


def typical_height(tokens: Tokens) -> float:
    """Median height of a word, the unit of all limits that depend on the size of the text."""
    return float(median(token.box.height for token in tokens)) if tokens else 1.0
