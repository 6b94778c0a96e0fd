"""Signs of symbol fonts, and runs of leader dots, as text says them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

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
LEADERS = re.compile(r"([.…·‥․]{4,}|…{2,}|[._]{6,})")


def spelled(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Private-use signs replaced, and runs of dots as words of their own."""
    if not any(_needs_care(word.text) for word in words):
        return words
    return tuple(part for word in words for part in _parts(_without_private_use(word)))


def is_leader(text: str) -> bool:
    return bool(LEADERS.fullmatch(text))


def _needs_care(text: str) -> bool:
    return bool(PRIVATE_USE.search(text) or LEADERS.search(text))


def _without_private_use(word: Word) -> Word:
    """An unknown sign alone is a bullet of some font; inside a word it stays what it is."""
    text = "".join(SYMBOL_FONTS.get(character, character) for character in word.text)
    if len(text) == 1 and PRIVATE_USE.match(text):
        text = BULLET
    return word if text == word.text else replace(word, text=text)


def _parts(word: Word) -> Iterator[Word]:
    texts = [text for text in LEADERS.split(word.text) if text]
    if len(texts) < 2:
        yield word
        return
    pitch = word.bbox.width / len(word.text)
    start = 0
    for text in texts:
        end = start + len(text)
        left, right = (word.bbox.left + round(at * pitch) for at in (start, end))
        last = end == len(word.text)
        box = Bbox(left, word.bbox.top, right, word.bbox.bottom)
        yield replace(word, text=text, bbox=box, space_after=word.space_after if last else True)
        start = end
