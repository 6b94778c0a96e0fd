"""Turn a line's characters into words with boxes of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from app.engines.lines.crops import Crop, Mask
from app.engines.paddleocr.ctc import Character
from app.engines.runtime.onnx import Floats
from app.ocr.result import Word
from app.ocr.scripts import is_unspaced

from .even_pitch import with_even_spaces
from .small_strokes import with_small_strokes
from .spaces import closed_up, runs, widest_gap, with_lost_spaces, with_number_apart
from .symbol_spaces import with_symbols_apart
from .underscores import with_underscores

# Pixels of white left around a piece cut from a stack.
MARGIN = 2
# Shares of a vertical crop's breadth: the largest speck of dirt, and the tallest character.
SPECK = 0.15
LONGEST_STACKED = 1.3
# Of a machine-readable zone. Many in a row are read unsurely, but nothing else looks like them.
FILLERS = "<<"
# A dot or an accent, as a share of the characters' usual height, belongs to the letter below it.
MARK = 0.5


@dataclass(frozen=True, slots=True)
class _Span:
    """A word: its characters, and whether a space follows."""

    characters: list[Character]
    space_after: bool


def words_of(characters: list[Character], crop: Crop) -> tuple[Word, ...]:
    """Words in the order read. Boxes are as wide as the word's ink and as high as the line's."""
    if not characters:
        return ()
    everything = crop.ink
    ink = _in_line(everything)
    characters = with_even_spaces(with_underscores(closed_up(characters), everything))
    characters = with_small_strokes(characters, ink)
    characters = with_number_apart(with_lost_spaces(characters, np.any(ink, axis=0)), ink)
    characters = with_symbols_apart(characters, ink)
    spans = list(_spans(characters))
    if not spans:
        return ()
    filled = np.flatnonzero(ink.any(axis=1)) / ink.shape[0]
    top, bottom = (filled[0], filled[-1] + 1 / ink.shape[0]) if filled.size else (0.0, 1.0)
    edges = _edges(spans, np.any(ink, axis=0))
    return tuple(
        Word(
            "".join(character.text for character in span.characters),
            crop.bbox_of(left, top, right, bottom),
            _confidence(span.characters),
            space_after=span.space_after,
        )
        for span, (left, right) in zip(spans, edges, strict=True)
    )


def stacked_pieces(crop: Crop) -> list[Floats]:
    """Corners on the page of characters below each other in a vertical crop, such as the digits
    of a table's column: parts with white between them that are no higher than wide."""
    columns: Mask = np.any(_in_line(crop.ink), axis=0)
    breadth, length = crop.pixels.shape[:2]
    pieces = [(start, end) for start, end in runs(columns) if end - start > SPECK * breadth]
    pieces = _with_marks(pieces)
    if any(end - start > LONGEST_STACKED * breadth for start, end in pieces):
        return []
    top_right, bottom_right, bottom_left, top_left = crop.corners
    return [
        np.array(
            [
                top_left + (bottom_left - top_left) * share_top,
                top_right + (bottom_right - top_right) * share_top,
                top_right + (bottom_right - top_right) * share_bottom,
                top_left + (bottom_left - top_left) * share_bottom,
            ],
            np.float32,
        )
        for share_top, share_bottom in (
            (max(0, start - MARGIN) / length, min(length, end + MARGIN) / length)
            for start, end in pieces
        )
    ]


def _with_marks(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Start and end of stacked characters, with marks joined to the character below them."""
    usual = median(end - start for start, end in pieces) if pieces else 0
    found: list[tuple[int, int]] = []
    for start, end in reversed(pieces):
        if found and end - start < MARK * usual:
            found[-1] = (start, found[-1][1])
        else:
            found.append((start, end))
    return found[::-1]


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
    if FILLERS in "".join(character.text for character in characters):
        characters = [each for each in characters if each.text not in FILLERS] or characters
    return sum(character.confidence for character in characters) / len(characters)


def _edges(spans: list[_Span], ink: Mask) -> list[tuple[float, float]]:
    """Left and right of each span as shares of the line's width."""
    width = len(ink)
    filled = np.flatnonzero(ink)
    first, last = (filled[0], filled[-1] + 1) if filled.size else (0, width)
    lefts, rights = [first / width], []
    for before, after in pairwise(spans):
        start = int(before.characters[-1].position * width)
        end = int(after.characters[0].position * width)
        gap_left, gap_right = widest_gap(ink, start, max(start + 1, end))
        rights.append(gap_left / width)
        lefts.append(gap_right / width)
    rights.append(last / width)
    return [(left, max(left, right)) for left, right in zip(lefts, rights, strict=True)]


def _in_line(ink: Mask) -> Mask:
    """The ink without the neighbouring lines' ascenders and tails."""
    top, bottom = _line_rows(np.any(ink, axis=1))
    ink = ink.copy()
    ink[:top] = ink[bottom:] = False
    return ink


def _line_rows(filled: Mask) -> tuple[int, int]:
    """The run of inked rows around the middle of a crop, or all rows if the middle is empty."""
    middle = len(filled) // 2
    if not filled[middle]:
        return 0, len(filled)
    empty = np.flatnonzero(~filled)
    above, below = empty[empty < middle], empty[empty > middle]
    return int(above[-1]) + 1 if above.size else 0, int(below[0]) if below.size else len(filled)
