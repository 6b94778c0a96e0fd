"""Words of a page as tables see them: upright, in text lines, in chunks without wide gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word

# In heights of a line: wider gaps part chunks. Spaces between words are about a quarter, on a
# typewriter or where lines are stretched to one width a half and more.
CHUNK_GAP = 0.6
WIDEST_SPACE = 1.1
# Gaps part chunks that are so many times as wide as the spaces between words.
SPACES = 2.2
FEWEST_SPACES = 5
# Words are on one line if they share this much of the height of the lower one. Values beside two
# lines of a label share a half with each.
SAME_LINE = 0.6
LEADER = re.compile(r"^[.…·_‥\s]{2,}$|^\.$")
NUMBER = re.compile(r"^[\s(\[<>≤≥~±+\-–−$€£¥%.,:;/'’*†‡a-zA-Z)\]]{0,4}\d[\d\s.,:/'’%()\-–−*€$£¥]*[a-zA-Z%*)]{0,3}$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its box as if its line ran across.

    piece, index: its place in the page. reach: pixels to the next word of the same text at most.
    middle: of its height. is_leader: dots up to a number.
    """

    word: Word
    box: Bbox
    piece: int
    index: int
    bold: bool
    reach: float
    middle: float = field(init=False, compare=False)
    is_leader: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "middle", (self.box.top + self.box.bottom) / 2)
        object.__setattr__(self, "is_leader", LEADER.match(self.word.text) is not None)


Tokens = Sequence[Token]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Neighbouring tokens of one line, from left to right, without a wide gap between them."""

    tokens: tuple[Token, ...]
    box: Bbox

    @classmethod
    def of(cls, tokens: Iterable[Token]) -> Chunk:
        tokens = tuple(tokens)
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

    @property
    def middle(self) -> float:
        """Of most of its words: marks that are raised or large do not move it."""
        return float(median(token.middle for chunk in self.chunks for token in chunk.tokens))


def is_number(text: str) -> bool:
    """Amounts, years, percentages, ranges, and the dashes and dots that say "none"."""
    text = text.strip()
    return bool(NUMBER.match(text)) or text in {"-", "–", "—", "…", "..", ":", "n.a.", "n/a", "na"}


def tokens_of(pieces: Sequence[Piece], boxes: Sequence[Sequence[Bbox]]) -> list[Token]:
    """boxes: of each piece's words, upright."""
    heights = [box.height for turned in boxes for box in turned]
    unit = float(median(heights)) if heights else 1.0
    spaces = [_spaces(piece, turned, unit) for piece, turned in zip(pieces, boxes, strict=True)]
    usual = _reach([space for each in spaces for space in each], unit, CHUNK_GAP * unit)
    tokens = []
    for number, (piece, turned) in enumerate(zip(pieces, boxes, strict=True)):
        reach = _reach(spaces[number], unit, usual)
        tokens += [
            Token(word, box, number, index, bool(piece.bold), reach)
            for index, (word, box) in enumerate(zip(piece.words, turned, strict=True))
            if word.text.strip() and box.width > 0 and box.height > 0
        ]
    return tokens


def _spaces(piece: Piece, boxes: Sequence[Bbox], unit: float) -> list[int]:
    """Widths of the spaces between words of letters; numbers may be cells."""
    texts = [word.text for word in piece.words]
    return [
        gap
        for (one, other), (text, following) in zip(pairwise(boxes), pairwise(texts), strict=True)
        if text[-1:].isalpha() and following[:1].isalpha()
        and 0 < (gap := max(other.left - one.right, one.left - other.right)) < WIDEST_SPACE * unit
    ]


def _reach(spaces: Sequence[int], unit: float, usual: float) -> float:
    if len(spaces) < FEWEST_SPACES:
        return usual
    typical = sorted(spaces)[len(spaces) // 3]
    return min(max(SPACES * typical, CHUNK_GAP * unit), WIDEST_SPACE * unit)


def typical_height(tokens: Tokens) -> float:
    """Median height of a word, the unit of everything that depends on the size of the text."""
    return float(median(token.box.height for token in tokens)) if tokens else 1.0


def text_lines(tokens: Iterable[Token]) -> list[TextLine]:
    """From top to bottom; raised and lowered marks are on the line they belong to."""
    groups: list[list[Token]] = []
    spans: list[tuple[float, float]] = []
    for token in sorted(tokens, key=lambda token: token.middle):
        box = token.box
        for at in range(len(groups) - 1, max(-1, len(groups) - 4), -1):
            top, bottom = spans[at]
            common = min(box.bottom, bottom) - max(box.top, top)
            if common >= SAME_LINE * min(box.height, bottom - top):
                groups[at].append(token)
                spans[at] = _widened(spans[at], box, len(groups[at]))
                break
        else:
            groups.append([token])
            spans.append((box.top, box.bottom))
    lines = [TextLine.of(group) for group in groups]
    return sorted(lines, key=lambda line: line.middle)


def _widened(span: tuple[float, float], box: Bbox, count: int) -> tuple[float, float]:
    """Running mean, so that one high word does not swallow the lines beside it."""
    top, bottom = span
    return top + (box.top - top) / count, bottom + (box.bottom - bottom) / count


def chunks_of(tokens: Iterable[Token]) -> list[Chunk]:
    """Cut at wide gaps; dot leaders are white space but go with what is on their left."""
    chunks: list[list[Token]] = []
    right = 0.0
    for token in sorted(tokens, key=lambda token: token.box.left):
        if token.is_leader and chunks:
            chunks[-1].append(token)
            continue
        if chunks and token.box.left - right <= min(chunks[-1][-1].reach, token.reach):
            chunks[-1].append(token)
            right = max(right, token.box.right)
        else:
            chunks.append([token])
            right = token.box.right
    return [Chunk.of(chunk) for chunk in chunks]
