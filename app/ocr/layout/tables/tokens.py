"""Words of a page as tables see them: upright, in text lines, in chunks without wide gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from app.ocr.layout.elements import Piece
from app.ocr.result import Bbox, Word

# Spaces between words are about a quarter of a line's height, in justified text up to a half.
CHUNK_GAP = 0.6
# Words are on one line if they share this much of the height of the lower one. Values beside two
# lines of a label share a half with each.
SAME_LINE = 0.6
LEADER = re.compile(r"^[.…·_‥\s]{2,}$|^\.$")
NUMBER = re.compile(r"^[\s(\[<>≤≥~±+\-–−$€£¥%.,:;/'’*†‡a-zA-Z)\]]{0,4}\d[\d\s.,:/'’%()\-–−*€$£¥]*[a-zA-Z%*)]{0,3}$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its box as if its line ran across.

    piece, index: its place in the page. middle: of its height. is_leader: dots up to a number.
    """

    word: Word
    box: Bbox
    piece: int
    index: int
    bold: bool
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
    def of(cls, tokens: Iterable[Token], unit: float) -> TextLine:
        chunks = tuple(chunks_of(tokens, unit))
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
    def of(cls, tokens: Iterable[Token], unit: float) -> TextLine:
        chunks = tuple(chunks_of(tokens, unit))
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


def tokens_of(pieces: Sequence[Piece], boxes: Iterable[Sequence[Bbox]]) -> list[Token]:
    """boxes: of each piece's words, upright."""
    return [
        Token(word, box, number, index, bool(piece.bold))
        for number, (piece, turned) in enumerate(zip(pieces, boxes, strict=True))
        for index, (word, box) in enumerate(zip(piece.words, turned, strict=True))
        if word.text.strip() and box.width > 0 and box.height > 0
    ]


def typical_height(tokens: Tokens) -> float:
    """Median height of a word, the unit of everything that depends on the size of the text."""
    return float(median(token.box.height for token in tokens)) if tokens else 1.0


def text_lines(tokens: Iterable[Token], unit: float) -> list[TextLine]:
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
    lines = [TextLine.of(group, unit) for group in groups]
    return sorted(lines, key=lambda line: line.middle)


def _widened(span: tuple[float, float], box: Bbox, count: int) -> tuple[float, float]:
    """Running mean, so that one high word does not swallow the lines beside it."""
    top, bottom = span
    return top + (box.top - top) / count, bottom + (box.bottom - bottom) / count


def chunks_of(tokens: Iterable[Token], unit: float, gap: float = CHUNK_GAP) -> list[Chunk]:
    """Cut at gaps of more than so many units; dot leaders are white space but go with their left."""
    chunks: list[list[Token]] = []
    right = 0.0
    for token in sorted(tokens, key=lambda token: token.box.left):
        if token.is_leader and chunks:
            chunks[-1].append(token)
            continue
        if chunks and token.box.left - right <= gap * unit:
            chunks[-1].append(token)
            right = max(right, token.box.right)
        else:
            chunks.append([token])
            right = token.box.right
    return [Chunk.of(chunk) for chunk in chunks]
