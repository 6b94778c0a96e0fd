"""The long s of early print, which recognizers take for f: eft, fpatium for est, spatium.

It is written anywhere but at the end of a word, so such a page has hardly an s elsewhere. As the
two differ by half a crossbar only, the plausibility of the letters decides.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import product
from statistics import fmean

from app.ocr.result import Line, Page

from .confidence.plausibility import surprise_of_all

INSIDE_F, INSIDE_S = re.compile(r"f(?=[^\W\d_])"), re.compile(r"s(?=[^\W\d_])")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Least number of words with an f on a page, and least mean gain in plausibility with s instead
# (docs/benchmarks.md): pages of today reached 1.1, two of 1668 had 2.7 and 3.7.
LEAST_WORDS, CLEAR_GAIN = 10, 1.8
# On a page with long s most letters that look like f are s: this much in favour of each s.
USUAL = 0.5
# Only the first letters of a word are settled, this many.
MOST_SIGNS = 5


def with_long_s_settled(page: Page) -> Page:
    """The page with the same words and boxes."""
    if not _has_long_s(page.text):
        return page

    def line(old: Line) -> Line:
        texts = (LETTERS.sub(lambda run: with_s(run[0], USUAL), word.text) for word in old.words)
        words = (replace(word, text=text) for word, text in zip(old.words, texts, strict=True))
        return replace(old, words=tuple(words))

    return replace(page, blocks=tuple(block.map_lines(line) for block in page.blocks))


def _has_long_s(text: str) -> bool:
    if "ſ" in text:  # a recognizer that knows the letter, such as Tesseract's for Fraktur
        return False
    if len(INSIDE_F.findall(text)) < max(LEAST_WORDS, len(INSIDE_S.findall(text))):
        return False
    words = [word for word in LETTERS.findall(text) if INSIDE_F.search(word)]
    if len(words) < LEAST_WORDS:
        return False
    gains = (surprise_of_all(word) - surprise_of_all(with_s(word)) for word in words)
    return fmean(gains) >= CLEAR_GAIN


@lru_cache(maxsize=2_000)
def with_s(word: str, usual: float = 0.0) -> str:
    """The most plausible word with each f as f or s. usual: bonus in plausibility for each s."""
    places = [found.start() for found in INSIDE_F.finditer(word)][:MOST_SIGNS]

    def surprise(signs: tuple[str, ...]) -> float:
        return surprise_of_all(_written(word, places, signs)) - usual * signs.count("s")

    return _written(word, places, min(product("fs", repeat=len(places)), key=surprise))


def _written(word: str, places: list[int], signs: tuple[str, ...]) -> str:
    letters = list(word)
    for place, sign in zip(places, signs, strict=True):
        letters[place] = sign
    return "".join(letters)
