"""The long s of early print, which recognizers take for f: eft, fpatium for est, spatium.

It is written anywhere but at the end of a word, so such a page has hardly an s elsewhere. As the
two differ by half a crossbar only, the plausibility of the letters decides. Program code is
implausible however it is spelled, so only running prose counts and is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import product
from statistics import fmean

from app.ocr.result import Block, Line, Page

from .confidence.plausibility import surprise_of_all

INSIDE_F, INSIDE_S = re.compile(r"f(?=[^\W\d_])"), re.compile(r"s(?=[^\W\d_])")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Symbols that do not occur in prose.
CODE = re.compile(r"[\\_{}@#=]")
# A word of prose: three letters or more, maybe between punctuation, without digits; no capital
# after a small letter.
PROSE_WORD = re.compile(r"[^\w\s]*([^\W\d_]{3,}(?:[-'’][^\W\d_]+)*)[^\w\s]*")
WITHIN_CAPITALS = re.compile(r"[^\W\d_A-Z][A-Z]")
# Least share of such words on a page.
LEAST_PROSE = 0.5
# Least number of different words with an f, their largest share of all words (lists of terms have
# more), and most words with an s inside for each of them.
LEAST_WORDS, MOST_WITH_F, MOST_WITH_S = 10, 0.5, 0.5
# Least mean gain in plausibility with s instead, and least share of the words that gain at all
# (docs/benchmarks.md).
CLEAR_GAIN, LEAST_GAINING = 1.5, 0.5
GAINING = 1.0
# Most surprise for each letter once it is s: words of languages have 2.8.
STILL_SURPRISING = 3.5
# On a page with long s most letters that look like f are s: this much in favour of each s.
USUAL = 0.5
# Only the first letters of a word are settled, this many.
MOST_PLACES = 5


def with_long_s_settled(page: Page) -> Page:
    """The page with the same words and boxes."""
    if not _has_long_s(page):
        return page

    def line(old: Line) -> Line:
        if CODE.search(old.text):
            return old
        texts = (LETTERS.sub(lambda run: with_s(run[0], USUAL), word.text) for word in old.words)
        words = (replace(word, text=text) for word, text in zip(old.words, texts, strict=True))
        return replace(old, words=tuple(words))

    def block(old: Block) -> Block:
        return old if old.kind == "code" else old.map_lines(line)

    return replace(page, blocks=tuple(map(block, page.blocks)))


def _has_long_s(page: Page) -> bool:
    text = page.text
    if "ſ" in text:  # a recognizer that knows the letter, such as Tesseract's for Fraktur
        return False
    if len(INSIDE_F.findall(text)) < LEAST_WORDS:  # most pages
        return False
    words = _prose_words(page)
    with_f = {word for word in words if INSIDE_F.search(word)}
    with_s_inside = {word for word in words if INSIDE_S.search(word)}
    return (
        len(words) >= LEAST_PROSE * len(text.split())
        and len(with_f) <= MOST_WITH_F * len(set(words))
        and len(with_f) >= max(LEAST_WORDS, len(with_s_inside) / MOST_WITH_S)
        and _are_of_early_print(with_f)
    )


def _prose_words(page: Page) -> list[str]:
    """Words of prose on the page, in lower case."""
    lines = (line for block in page.blocks if block.kind != "code" for line in block.lines)
    texts = (word.text for line in lines if not CODE.search(line.text) for word in line.words)
    found = filter(None, map(PROSE_WORD.fullmatch, texts))
    return [match[1].lower() for match in found if not WITHIN_CAPITALS.search(match[1])]


def _are_of_early_print(words: Iterable[str]) -> bool:
    after = {word: surprise_of_all(with_s(word)) for word in words}
    gains = [surprise_of_all(word) - surprise for word, surprise in after.items()]
    gaining = sum(gain > GAINING for gain in gains)
    return (
        fmean(gains) >= CLEAR_GAIN
        and gaining >= LEAST_GAINING * len(gains)
        and sum(after.values()) <= STILL_SURPRISING * sum(map(len, after))
    )


@lru_cache(maxsize=2_000)
def with_s(word: str, usual: float = 0.0) -> str:
    """The most plausible word with each f as f or s. usual: bonus in plausibility for each s."""
    places = [found.start() for found in INSIDE_F.finditer(word)][:MOST_PLACES]

    def surprise(choice: tuple[str, ...]) -> float:
        return surprise_of_all(_written(word, places, choice)) - usual * choice.count("s")

    return _written(word, places, min(product("fs", repeat=len(places)), key=surprise))


def _written(word: str, places: list[int], choice: tuple[str, ...]) -> str:
    letters = list(word)
    for place, letter in zip(places, choice, strict=True):
        letters[place] = letter
    return "".join(letters)
