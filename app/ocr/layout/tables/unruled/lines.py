"""Text lines, and their chunks without wide gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from app.ocr.layout.tables.tokens import Token
from app.ocr.result import Bbox

# Words are on one line if they share this much of the lesser height. Values centred beside two
# lines of a label share half with each.
SAME_LINE = 0.6
NUMBER = re.compile(
    r"^[\s(\[<>≤≥~±+\-–−$€£¥%.,:;/'’*†‡a-zA-Z)\]]{0,4}"
    r"\d[\d\s.,:/'’%()\-–−*€$£¥]*[a-zA-Z%*)]{0,3}$"
)
# In heights of a word: a wider gap parts two numbers, such as those of narrow columns.
NUMBER_GAP = 0.4
AMOUNT = re.compile(r"[-−(]?\d[\d.,]*[%)]?")
GROUP = re.compile(r"\d{3}(?:[.,]\d+)?[%)]?")
# Texts in tables that mean "none".
NONE = frozenset({"-", "–", "—", "…", "..", ":", "n.a.", "n/a", "na"})
_middle, _left = attrgetter("middle"), attrgetter("box.left")


@dataclass(frozen=True)
class Chunk:
    """Neighbouring tokens of one line, from left to right, without a wide gap between them."""

    tokens: tuple[Token, ...]
    box: Bbox

    @classmethod
    def of(cls, tokens: Iterable[Token]) -> Chunk:
        tokens = tuple(tokens)
        if len(tokens) == 1:
            return cls(tokens, tokens[0].box)
        solid = [token.box for token in tokens if not token.is_leader]
        return cls(tokens, Bbox.around(solid or [token.box for token in tokens]))

    @cached_property
    def text(self) -> str:
        return " ".join(token.word.text for token in self.tokens)

    @cached_property
    def is_number(self) -> bool:
        return is_number(self.text)


@dataclass(frozen=True, slots=True)
class TextLine:
    """All text at one height of a region. chunks: from left to right, never empty.

    middle: median of the words' middles, which raised or large marks do not move.
    """

    chunks: tuple[Chunk, ...]
    box: Bbox
    middle: float

    @classmethod
    def of(cls, tokens: Iterable[Token]) -> TextLine:
        chunks = tuple(chunks_of(tokens))
        middles = sorted([token.middle for chunk in chunks for token in chunk.tokens])
        box = chunks[0].box if len(chunks) == 1 else Bbox.around([chunk.box for chunk in chunks])
        return cls(chunks, box, middles[len(middles) // 2])

    @property
    def tokens(self) -> list[Token]:
        return [token for chunk in self.chunks for token in chunk.tokens]


def is_number(text: str) -> bool:
    """Whether it is an amount, year, percentage or range, or a dash or dots that mean "none"."""
    text = text.strip()
    return text in NONE or NUMBER.match(text) is not None


def text_lines(tokens: Iterable[Token]) -> list[TextLine]:
    """Lines from top to bottom; raised and lowered marks are on the line they belong to."""
    return [TextLine.of(group) for group in line_groups(tokens)]


def line_groups(tokens: Iterable[Token]) -> list[list[Token]]:
    """The tokens of each line by their heights, lines from top to bottom."""
    lines: list[_Level] = []
    for token in sorted(tokens, key=_middle):
        _, top, _, bottom = token.box
        for line in lines[:-4:-1]:
            if line.reaches(top, bottom):
                line.add(token, top, bottom)
                break
        else:
            lines.append(_Level([token], top, bottom))
    groups = [line.tokens for line in lines]
    return sorted(groups, key=lambda group: group[len(group) // 2].middle)


@dataclass(slots=True)
class _Level:
    """Tokens of a line with their mean top and bottom, so that one high word does not swallow the
    lines beside it. Written for speed: it is called some ten thousand times per page."""

    tokens: list[Token]
    top: float
    bottom: float

    def reaches(self, top: float, bottom: float) -> bool:
        upper = top if top > self.top else self.top
        lower = bottom if bottom < self.bottom else self.bottom
        common = lower - upper
        if common <= 0:
            return False
        height, own = bottom - top, self.bottom - self.top
        return common >= SAME_LINE * (height if height < own else own)

    def add(self, token: Token, top: float, bottom: float) -> None:
        self.tokens.append(token)
        count = len(self.tokens)
        self.top += (top - self.top) / count
        self.bottom += (bottom - self.bottom) / count


def chunks_of(tokens: Iterable[Token]) -> list[Chunk]:
    """The tokens cut at wide gaps and vertical rules; dot leaders stay with the text before."""
    chunks: list[list[Token]] = []
    right = 0.0
    last: Token | None = None
    for token in sorted(tokens, key=_left):
        start, _, end, _ = token.box
        if last and token.is_leader:
            chunks[-1].append(token)
        elif last and token.zone == last.zone and _are_near(last, token, start - right):
            chunks[-1].append(token)
            right = end if end > right else right
        else:
            chunks.append([token])
            right = end
        last = token
    return [Chunk.of(chunk) for chunk in chunks]


def _are_near(one: Token, other: Token, gap: float) -> bool:
    if gap > one.reach or gap > other.reach:
        return False
    return gap <= NUMBER_GAP * one.box.height or not _are_two_numbers(
        one.word.text, other.word.text
    )


def _are_two_numbers(one: str, other: str) -> bool:
    """Whether they are numbers, and not the groups of one, as in "1 250"."""
    if not (AMOUNT.fullmatch(one) and AMOUNT.fullmatch(other)):
        return False
    return not (
        one.lstrip("-−").isdecimal() and len(one.lstrip("-−")) <= 3 and GROUP.fullmatch(other)
    )
