"""Adapter for packages that answer with whole lines: corners, text, confidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.ocr.layout import unordered_blocks
from app.ocr.result import Bbox, Block, Line, Word
from app.ocr.scripts import is_right_to_left, is_vertical


@dataclass(frozen=True, slots=True)
class BoxedText:
    """bbox: of the whole line; confidence: 0-1."""

    text: str
    bbox: Bbox
    confidence: float


def blocks_of_boxed_text(found: Iterable[BoxedText]) -> tuple[Block, ...]:
    """One block per line. Each word takes a share of the line's width by its number of characters,
    as these packages report no boxes of words."""
    return unordered_blocks(_line(each) for each in found if each.text.strip())


def _line(found: BoxedText) -> Line:
    texts = found.text.split()
    rtl = is_right_to_left(found.text)
    vertical = is_vertical(found.text, found.bbox)
    if vertical or len(texts) == 1:
        words = (Word(" ".join(texts), found.bbox, found.confidence),)
        return Line(words, "ttb" if vertical else "rtl" if rtl else "ltr")
    return Line(tuple(_words(texts, found, rtl=rtl)), "rtl" if rtl else "ltr")


def _words(texts: list[str], found: BoxedText, *, rtl: bool) -> Iterable[Word]:
    box = found.bbox
    pitch = box.width / (sum(map(len, texts)) + len(texts) - 1)
    start = 0
    for text in texts:
        left, right = round(start * pitch), round((start + len(text)) * pitch)
        if rtl:
            left, right = box.width - right, box.width - left
        yield Word(
            text, Bbox(box.left + left, box.top, box.left + right, box.bottom), found.confidence
        )
        start += len(text) + 1
