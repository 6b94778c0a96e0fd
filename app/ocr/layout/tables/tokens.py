"""Words of a page as tables see them: upright, with how far the next word of a text may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

import numpy as np

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word

from .ruled.ruling import Segment

# In heights of a line: wider gaps part texts. Spaces between words are about a quarter, on a
# typewriter or where lines are stretched to one width a half and more.
LEAST_REACH = 0.6
WIDEST_SPACE = 1.1
# Gaps part texts that are so many times as wide as the spaces between words.
SPACES = 2.2
FEWEST_SPACES = 5
# Of a line a third is as narrow; a page has lines that are stretched and lines that are not.
LEAST_OF_LINE = 0.34
LEAST_OF_PAGE = 0.1
LEADER = re.compile(r"^[.…·_‥\s]{2,}$|^\.$")

TRAILING_LEADER = re.compile(r"[.…·_‥]{3,}$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its box as if its line ran across.

    piece, index: its place in the page. reach: pixels to the next word of the same text at most.
    zone: number of vertical rules on its left that pass its line. middle: of its height.
    is_leader: dots up to a number.
    """

    word: Word
    box: Bbox
    piece: int
    index: int
    bold: bool
    reach: float
    zone: int = 0
    middle: float = field(init=False, compare=False)
    is_leader: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "middle", (self.box.top + self.box.bottom) / 2)
        object.__setattr__(self, "is_leader", LEADER.match(self.word.text) is not None)


Tokens = Sequence[Token]


def tokens_of(pieces: Sequence[Piece], boxes: Sequence[Sequence[Bbox]]) -> list[Token]:
    """boxes: of each piece's words, upright."""
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
    """least: the share of the spaces that are narrower than what counts as typical."""
    if len(spaces) < FEWEST_SPACES:
        return usual
    typical = sorted(spaces)[int(len(spaces) * least)]
    return min(max(SPACES * typical, LEAST_REACH * unit), WIDEST_SPACE * unit)


def with_zones(tokens: Tokens, walls: Sequence[Segment]) -> list[Token]:
    """walls: vertical rules."""
    if not walls or not tokens:
        return list(tokens)
    at, start, end = np.array([(wall.at, wall.start, wall.end) for wall in walls]).T
    x = np.array([(token.box.left + token.box.right) / 2 for token in tokens])[:, None]
    y = np.array([token.middle for token in tokens])[:, None]
    zones = ((at < x) & (start <= y) & (y <= end)).sum(axis=1)
    return [
        replace(token, zone=zone) if zone else token
        for token, zone in zip(tokens, zones.tolist(), strict=True)
    ]


def typical_height(tokens: Tokens) -> float:
    """Median height of a word, the unit of everything that depends on the size of the text."""
    return float(median(token.box.height for token in tokens)) if tokens else 1.0
