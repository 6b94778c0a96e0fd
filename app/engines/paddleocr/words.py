"""From a line's characters to words with boxes of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.ocr.source.base import Pixels
from app.ocr.result import Bbox, Word
from app.ocr.scripts import is_unspaced

from .crops import Crop
from .recognition import Character


@dataclass(frozen=True, slots=True)
class _Span:
    """A word: its characters, and whether a space follows."""

    characters: list[Character]
    space_after: bool


def words_of(characters: list[Character], crop: Crop) -> tuple[Word, ...]:
    """Words in the order read; boxes are those of the ink between the neighbouring gaps."""
    spans = list(_spans(characters))
    if not spans:
        return ()
    edges = _edges(spans, _ink_columns(crop.pixels))
    return tuple(
        Word(
            "".join(character.text for character in span.characters),
            crop.bbox_between(left, right),
            _confidence(span.characters),
            space_after=span.space_after,
        )
        for span, (left, right) in zip(spans, edges, strict=True)
    )


def _spans(characters: list[Character]) -> Iterator[_Span]:
    """Splits at spaces, and where Chinese or Japanese text meets other text."""
    current: list[Character] = []
    for character in characters:
        if not character.text.strip():
            if current:
                yield _Span(current, True)
            current = []
            continue
        if current and is_unspaced(current[-1].text) != is_unspaced(character.text):
            yield _Span(current, False)
            current = []
        current.append(character)
    if current:
        yield _Span(current, True)


def _confidence(characters: list[Character]) -> float:
    return sum(character.confidence for character in characters) / len(characters)


def _edges(spans: list[_Span], ink: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Left and right of each span as shares of the line's width."""
    width = len(ink)
    filled = np.flatnonzero(ink)
    first, last = (filled[0], filled[-1] + 1) if filled.size else (0, width)
    lefts, rights = [first / width], []
    for before, after in zip(spans, spans[1:], strict=False):
        start = int(before.characters[-1].position * width)
        end = int(after.characters[0].position * width)
        gap_left, gap_right = _widest_gap(ink, start, max(start + 1, end))
        rights.append(gap_left / width)
        lefts.append(gap_right / width)
    rights.append(last / width)
    return [(left, max(left, right)) for left, right in zip(lefts, rights, strict=True)]


def _widest_gap(ink: NDArray[np.bool_], start: int, end: int) -> tuple[int, int]:
    """Widest run of empty columns between two character centres, else their middle."""
    empty = np.r_[False, ~ink[start:end], False]
    changes = np.flatnonzero(empty[1:] != empty[:-1])
    if not changes.size:
        middle = (start + end) // 2
        return middle, middle
    lefts, rights = changes[::2], changes[1::2]
    widest = int((rights - lefts).argmax())
    return start + int(lefts[widest]), start + int(rights[widest])


def _ink_columns(pixels: Pixels) -> NDArray[np.bool_]:
    """Columns of a line that hold ink of either polarity."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    _, binary = cv2.threshold(gray, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if binary.mean() > 0.5:
        binary = 1 - binary
    # The outer rows hold neighbours' ascenders and underlines.
    height = binary.shape[0]
    core = binary[height // 8 : height - height // 8]
    columns: NDArray[np.bool_] = core.any(axis=0)
    return columns
