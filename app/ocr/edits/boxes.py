"""Boxes for typed words: shares of the boxes that they replace, or room beside other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from app.ocr.result import Bbox, Line, Page, Word
from app.ocr.text import clean


def reworded(words: Sequence[Word], text: str, direction: str) -> tuple[Word, ...]:
    """The typed text in place of neighbouring words; () for an empty text.

    As many words as before keep their boxes; otherwise their common area is divided in proportion
    to the characters.
    """
    texts = clean(text).split()
    if len(texts) == len(words):
        pairs = zip(words, texts, strict=True)
        return tuple(replace(word, text=typed, confidence=1.0) for word, typed in pairs)
    area = Bbox.around(word.bbox for word in words)
    return typed_words(texts, area, direction, like=words[-1])


def typed_words(
    texts: Sequence[str], area: Bbox, direction: str, *, like: Word
) -> tuple[Word, ...]:
    """Words of confidence 1 side by side in an area. like: gives source and last space_after."""
    boxes = divided(area, [len(text) for text in texts], direction)
    words = [Word(t, box, 1.0, source=like.source) for t, box in zip(texts, boxes, strict=True)]
    if words:
        words[-1] = replace(words[-1], space_after=like.space_after)
    return tuple(words)


def divided(area: Bbox, lengths: Sequence[int], direction: str) -> list[Bbox]:
    """Parts of the area in proportion to the lengths, one character apart, in reading order."""
    if len(lengths) < 2:
        return [area] * len(lengths)
    total = sum(lengths) + len(lengths) - 1
    ends = [end + index for index, end in enumerate(accumulate(lengths))]
    spans = [((e - n) / total, e / total) for e, n in zip(ends, lengths, strict=True)]
    return [_part(area, start, end, direction) for start, end in spans]


def _part(area: Bbox, start: float, end: float, direction: str) -> Bbox:
    """The area from one share of its length (0-1) to another, at least one pixel."""
    left, top, right, bottom = area
    if direction == "ttb":
        first = min(top + round(start * area.height), bottom - 1)
        return Bbox(left, first, right, max(first + 1, top + round(end * area.height)))
    if direction == "rtl":
        start, end = 1 - end, 1 - start
    first = min(left + round(start * area.width), right - 1)
    return Bbox(first, top, max(first + 1, left + round(end * area.width)), bottom)


def area_after(line: Line, index: int, characters: int, page: Page) -> Bbox:
    """Room for this many characters after a word: up to the next word, or as much as they need."""
    word = line.words[index]
    following = line.words[index + 1].bbox if index + 1 < len(line.words) else None
    left, top, right, bottom = word.bbox
    length = word.bbox.height if line.direction == "ttb" else word.bbox.width
    need = max(1, round(length * characters / max(1, len(word.text))))
    if line.direction == "ttb":
        end = following.top if following and following.top > bottom else bottom + need
        return _inside(Bbox(left, bottom, right, end), page)
    if line.direction == "rtl":
        start = following.right if following and following.right < left else left - need
        return _inside(Bbox(start, top, left, bottom), page)
    end = following.left if following and following.left > right else right + need
    return _inside(Bbox(right, top, end, bottom), page)


def area_below(line: Line, page: Page) -> Bbox:
    """Room for another line: the line's box moved down by its height; left if vertical."""
    left, top, right, bottom = line.bbox
    if line.direction == "ttb":
        width = right - left
        return _inside(Bbox(left - width, top, right - width, bottom), page)
    height = bottom - top
    return _inside(Bbox(left, top + height, right, bottom + height), page)


def _inside(box: Bbox, page: Page) -> Bbox:
    """The box within the page, with at least one pixel."""
    left = min(max(0, box.left), max(0, page.width - 1))
    top = min(max(0, box.top), max(0, page.height - 1))
    right, bottom = min(box.right, page.width), min(box.bottom, page.height)
    return Bbox(left, top, max(left + 1, right), max(top + 1, bottom))
