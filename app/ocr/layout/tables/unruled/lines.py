"""Text lines, and chunks of them without wide gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.ocr.layout.tables.tokens import Token
from app.ocr.result import Bbox

# Words are on one line if they share this much of the height of the lower one. Values beside two
# lines of a label share a half with each.
SAME_LINE = 0.6
NUMBER = re.compile(
    r"^[\s(\[<>≤≥~±+\-–−$€£¥%.,:;/'’*†‡a-zA-Z)\]]{0,4}"
    r"\d[\d\s.,:/'’%()\-–−*€$£¥]*[a-zA-Z%*)]{0,3}$"
)
# Signs of tables for "none".
NONE = frozenset({"-", "–", "—", "…", "..", ":", "n.a.", "n/a", "na"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """Neighbouring tokens of one line, from left to right, without a wide gap between them."""

    tokens: tuple[Token, ...]
    box: Bbox

    @classmethod
    def of(cls, tokens: Iterable[Token]) -> Chunk:
        tokens = tuple(tokens)
        if len(tokens) == 1:
            return cls(tokens, tokens[0].box)
        solid = [token for token in tokens if not token.is_leader] or tokens
        return cls(tokens, Bbox.around(token.box for token in solid))

    @property
    def text(self) -> str:
        return " ".join(token.word.text for token in self.tokens)

    @property
    def is_number(self) -> bool:
        return is_number(self.text)


@dataclass(frozen=True, slots=True)
class TextLine:
    """Everything on one height of a region. chunks: from left to right, never empty.

    middle: of the height of most words; marks that are raised or large do not move it.
    """

    chunks: tuple[Chunk, ...]
    box: Bbox
    middle: float

    @classmethod
    def of(cls, tokens: Iterable[Token]) -> TextLine:
        chunks = tuple(chunks_of(tokens))
        middles = sorted(token.middle for chunk in chunks for token in chunk.tokens)
        box = Bbox.around(chunk.box for chunk in chunks)
        return cls(chunks, box, middles[len(middles) // 2])

    @property
    def tokens(self) -> list[Token]:
        return [token for chunk in self.chunks for token in chunk.tokens]


def is_number(text: str) -> bool:
    """Amounts, years, percentages, ranges, and the dashes and dots that say "none"."""
    text = text.strip()
    return text in NONE or NUMBER.match(text) is not None


def text_lines(tokens: Iterable[Token]) -> list[TextLine]:
    """From top to bottom; raised and lowered marks are on the line they belong to."""
    return [TextLine.of(group) for group in line_groups(tokens)]


def line_groups(tokens: Iterable[Token]) -> list[list[Token]]:
    """The tokens of each line by their heights, lines from top to bottom."""
    groups: list[list[Token]] = []
    spans: list[tuple[float, float]] = []
    for token in sorted(tokens, key=lambda token: token.middle):
        _, top, _, bottom = token.box
        for at in range(len(groups) - 1, max(-1, len(groups) - 4), -1):
            if _are_level(spans[at], top, bottom):
                groups[at].append(token)
                spans[at] = _widened(spans[at], token.box, len(groups[at]))
                break
        else:
            groups.append([token])
            spans.append((top, bottom))
    return sorted(groups, key=lambda group: group[len(group) // 2].middle)


def _are_level(span: tuple[float, float], top: float, bottom: float) -> bool:
    """Written for speed: it is asked some ten thousand times a page."""
    upper, lower = span
    common = (bottom if bottom < lower else lower) - (top if top > upper else upper)
    if common <= 0:
        return False
    return common >= SAME_LINE * min(bottom - top, lower - upper)


def _widened(span: tuple[float, float], box: Bbox, count: int) -> tuple[float, float]:
    """Running mean, so that one high word does not swallow the lines beside it."""
    top, bottom = span
    return top + (box.top - top) / count, bottom + (box.bottom - bottom) / count


def chunks_of(tokens: Iterable[Token]) -> list[Chunk]:
    """Cut at wide gaps and vertical rules; dot leaders go with what is on their left."""
    chunks: list[list[Token]] = []
    right = 0.0
    for token in sorted(tokens, key=lambda token: token.box.left):
        if token.is_leader and chunks:
            chunks[-1].append(token)
            continue
        last = chunks[-1][-1] if chunks else token
        near = token.box.left - right <= min(last.reach, token.reach)
        if chunks and near and token.zone == last.zone:
            chunks[-1].append(token)
            right = max(right, token.box.right)
        else:
            chunks.append([token])
            right = token.box.right
    return [Chunk.of(chunk) for chunk in chunks]
