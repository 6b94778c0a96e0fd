"""Lines of text at known places, as a source passes them to layout."""

from __future__ import annotations

import random
from dataclasses import replace

from app.ocr.layout import layout
from app.ocr.layout.elements import Fill, PageElements, Piece, Rule
from app.ocr.result import Bbox, Block, Word

SIZE = 20
PITCH = 26
WIDTH, HEIGHT = 1000, 1400
PROSE = (
    "the harbor museum opened its",
    "doors last week and many boats",
    "came down the river with music",
    "while the council watched from",
    "a balcony above the old market",
    "and every window was lit again",
)


def piece(text: str, x: int, y: int, size: int = SIZE, **known: object) -> Piece:
    """Characters half as wide as the type size; boxes as high as the type, as in a PDF."""
    words, left = [], x
    for word in text.split(" "):
        right = left + len(word) * size // 2
        if word:
            words.append(Word(word, Bbox(left, y, right, y + size), 1.0))
        left = right + size // 2
    return Piece(tuple(words), font_size=float(size), **known)  # type: ignore[arg-type]


def inked(line: Piece) -> Piece:
    """A piece as recognition gives it: of unknown type size, its box around its ink."""
    text = "".join(word.text for word in line.words)
    size, top = line.bbox.height, line.bbox.top
    tall = any(letter not in "acemnorsuvwxz" for letter in text)
    deep = any(letter in "gjpqy,;()[]{}" for letter in text)
    high = round(top + (0.06 if tall else 0.3) * size)
    low = round(top + (0.98 if deep else 0.78) * size)
    words = tuple(
        replace(word, bbox=Bbox(word.bbox.left, high, word.bbox.right, low)) for word in line.words
    )
    return replace(line, words=words, font_size=None)


def column(name: str, x: int, y: int, lines: int, size: int = SIZE) -> list[Piece]:
    """Full lines of prose; the first word of each says where it belongs."""
    return [
        piece(f"{name}{at} {PROSE[at % len(PROSE)]}", x, y + at * PITCH * size // SIZE, size)
        for at in range(lines)
    ]


def rule(left: int, top: int, right: int, bottom: int) -> Rule:
    return Rule(Bbox(left, top, right, bottom))


def box(left: int, top: int, right: int, bottom: int) -> list[Rule]:
    return [
        rule(left, top, right, top + 2),
        rule(left, bottom - 2, right, bottom),
        rule(left, top, left + 2, bottom),
        rule(right - 2, top, right, bottom),
    ]


def read(
    pieces: list[Piece],
    rules: list[Rule] | None = None,
    fills: list[Fill] | None = None,
    pictures: list[Bbox] | None = None,
    size: tuple[int, int] = (WIDTH, HEIGHT),
) -> tuple[Block, ...]:
    """The layout of the pieces in shuffled order."""
    shuffled = random.Random(3).sample(pieces, len(pieces))
    return layout(
        PageElements(
            *size, tuple(shuffled), tuple(rules or ()), tuple(fills or ()), tuple(pictures or ())
        )
    )


def first_words(blocks: tuple[Block, ...]) -> list[str]:
    return [line.words[0].text for block in blocks for line in block.lines]


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    return [block.kind for block in blocks]


def names(name: str, lines: int) -> list[str]:
    return [f"{name}{at}" for at in range(lines)]
