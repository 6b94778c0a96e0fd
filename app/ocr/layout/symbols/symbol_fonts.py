"""Replacement of symbol fonts' characters by Unicode ones, and of leader dots by single words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, zip_longest

from app.ocr.result import Bbox, Word

BULLET = "•"
# Code points of Symbol, Wingdings and Zapf Dingbats that Word and PDF drivers leave in a text.
SYMBOL_FONTS = {
    **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf09f\uf077\uf06e\uf06c\uf075", BULLET),
    **dict.fromkeys("\uf06f\uf0a8\uf071\uf072\uf0a3", "☐"),
    **dict.fromkeys("\uf078\uf0fd\uf054\uf051", "☒"),
    **dict.fromkeys("\uf0fe\uf052", "☑"),
    "\uf0a1": "◯",
    "\uf0a4": "◉",
    "\uf0fc": "✓",
    "\uf0fb": "✗",
    "\uf0e0": "→",
    "\uf0df": "←",
    "\uf0e8": "➔",
    "\uf0ae": "→",
    "\uf0b0": "°",
    "\uf0b1": "±",
    "\uf0d7": "·",
    "\uf02d": "–",
}
PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
DOTS = re.compile(r"[.…·‥․]+")
DOTS_AND_TEXT = re.compile(r"([.…·‥․]{2,})([^.…·‥․]+)|([^.…·‥․]+)([.…·‥․]{2,})")
LEADERS = re.compile(r"([.…·‥․]{4,}|[._]{6,})")
# Fewer dots are an ellipsis, unless a number comes after them.
LONG_LEADER = 8
LEAST_DOTS = 4
NUMBER = re.compile(r"\d{1,4}|[ivxlcIVXLC]{1,7}|[A-Z]-\d{1,3}")


def spelled(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words with private-use characters replaced and each run of leader dots as one word."""
    if not any(_needs_care(word.text) for word in words):
        return words
    cleaned = _without_loose_dots([_without_private_use(word) for word in words])
    return tuple(
        part
        for word, following in zip_longest(cleaned, cleaned[1:])
        if word
        for part in _parts(word, following.text if following else "")
    )


def is_leader(text: str) -> bool:
    return bool(LEADERS.fullmatch(text))


def _needs_care(text: str) -> bool:
    if text.isalnum():
        return False
    return bool(PRIVATE_USE.search(text) or LEADERS.search(text) or DOTS.fullmatch(text))


def _without_private_use(word: Word) -> Word:
    """The word in Unicode characters. An unknown one alone becomes a bullet, else it stays."""
    text = "".join(SYMBOL_FONTS.get(character, character) for character in word.text)
    if len(text) == 1 and PRIVATE_USE.match(text):
        text = BULLET
    return word if text == word.text else replace(word, text=text)


def _without_loose_dots(words: list[Word]) -> list[Word]:
    """Joins four dots or more that the source returned as separate words."""
    result: list[Word] = []
    parted = [part for at, word in enumerate(words) for part in _loose_parts(words, at, word)]
    for are_dots, run in groupby(parted, key=lambda word: bool(DOTS.fullmatch(word.text))):
        dots = list(run)
        if are_dots and sum(len(word.text) for word in dots) >= LEAST_DOTS:
            box = Bbox.around(word.bbox for word in dots)
            text = "".join(word.text for word in dots)
            dots = [replace(dots[-1], text=text, bbox=box, space_after=True)]
        result += dots
    return result


def _loose_parts(words: list[Word], at: int, word: Word) -> Iterator[Word]:
    """The word, but cut into dots and text (like "..3") if a word of dots is beside it."""
    found = DOTS_AND_TEXT.fullmatch(word.text)
    beside = [each.text for each in words[max(0, at - 1) : at + 2] if each is not word]
    if found and any(map(DOTS.fullmatch, beside)):
        yield from _cut(word, [text for text in found.groups() if text])
    else:
        yield word


def _parts(word: Word, following: str) -> Iterator[Word]:
    """The word cut at its leaders."""
    texts = [text for text in LEADERS.split(word.text) if text]
    if len(texts) < 2 or not _has_leader(texts, following):
        yield word
        return
    yield from _cut(word, texts)


def _cut(word: Word, texts: list[str]) -> Iterator[Word]:
    """Words of these texts, with the box divided in proportion to their lengths."""
    pitch = word.bbox.width / len(word.text)
    start = 0
    for text in texts:
        end = start + len(text)
        left, right = (word.bbox.left + round(at * pitch) for at in (start, end))
        last = end == len(word.text)
        box = Bbox(left, word.bbox.top, right, word.bbox.bottom)
        yield replace(word, text=text, bbox=box, space_after=word.space_after if last else True)
        start = end


def _has_leader(texts: list[str], following: str) -> bool:
    after = [*texts[1:], following]
    return any(
        is_leader(text) and (len(text) >= LONG_LEADER or NUMBER.fullmatch(rest))
        for text, rest in zip(texts, after, strict=True)
    )
