"""Marks of Latin letters and quotations, settled by Tesseract: ďábelské, read as dábelské.

PP-OCR reads letters as well or better, but confidently drops marks that were rare in its training,
and knows no low quotation marks. Tesseract's data of a language includes its words. So where both
see the same letters in a word, Tesseract's reading is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import chain

from app.engines.base import Engine
from app.engines.paddleocr.languages import MARKED_LANGUAGES
from app.ocr.layout import unordered_blocks
from app.ocr.options import Options
from app.ocr.result import Bbox, Line, Page, Word
from app.ocr.source.base import Pixels

from .line_by_line import corners_of, read_line_by_line

# „Quoted“: PP-OCR drops the first mark, so lines with the other one are read again.
LOW_QUOTES = frozenset("dan deu isl".split()) | MARKED_LANGUAGES
QUOTED = re.compile(r"[“”\"»«]|(?<!\S),(?=\w)")
# If after this many lines a smaller share of words than this is seen alike, Tesseract cannot read
# the page, such as a photo.
TRIED, LEAST_ALIKE = 4, 0.5
# Tesseract's confidence in a word.
SURE = 0.6
# Share of its height added above a line, as boxes of words may end below the marks.
ABOVE = 0.15
# Letters that Unicode does not decompose, and quotation marks, of which each engine knows some.
BARE = str.maketrans("łŁđĐøØıħĦ„“”«»‚‘’‹›", 'lLdDoOihH"""""' + "'" * 5)


def have_marks(languages: tuple[str, ...]) -> bool:
    return bool(MARKED_LANGUAGES & set(languages))


def have_low_quotes(languages: tuple[str, ...]) -> bool:
    return bool(LOW_QUOTES & set(languages))


def with_marks_settled(page: Page, pixels: Pixels, tesseract: Engine, options: Options) -> Page:
    """page: as PP-OCR read it from the pixels, before layout."""
    settled: dict[int, Line] = {}
    words = alike = 0
    for line in page.lines:
        if line.direction == "ttb" or not _may_lack(line.text, options.languages):
            continue
        other = read_line_by_line(tesseract, pixels, [corners_of(_with_room(line.bbox))], options)
        pairs = list(_same_letters(line.words, tuple(chain(*(each.words for each in other.lines)))))
        settled[id(line)] = _with_marks(line, pairs)
        words, alike = words + len(line.words), alike + len(pairs)
        if len(settled) >= TRIED and alike < LEAST_ALIKE * words:
            break
    return replace(
        page, blocks=unordered_blocks(settled.get(id(each), each) for each in page.lines)
    )


def _with_room(box: Bbox) -> Bbox:
    return box._replace(top=max(0, box.top - round(ABOVE * box.height)))


def _may_lack(text: str, languages: tuple[str, ...]) -> bool:
    """Whether marks may be missing in a line of the languages."""
    if have_marks(languages):
        return any(map(str.isalpha, text))
    return bool(QUOTED.search(text))


def letters_of(text: str) -> str:
    """The part of a word that both engines see: no marks, no quotation marks, no ' as in d'abel."""
    return re.sub("[\"'´`]", "", bare(text).lstrip(",")) or text


def bare(text: str) -> str:
    """The text without marks, with as many characters."""
    letters = (unicodedata.normalize("NFD", each)[0] for each in text.translate(BARE))
    return "".join(letters)


def _same_letters(own: tuple[Word, ...], other: tuple[Word, ...]) -> Iterator[tuple[int, Word]]:
    """Index of the own word, and the other word with the same letters, in the line's order."""
    matcher = SequenceMatcher(
        None,
        [letters_of(each.text) for each in own],
        [letters_of(each.text) for each in other],
        autojunk=False,
    )
    for first, second, count in matcher.get_matching_blocks():
        for at in range(count):
            yield first + at, other[second + at]


def _with_marks(line: Line, pairs: list[tuple[int, Word]]) -> Line:
    words = list(line.words)
    for at, other in pairs:
        if other.confidence >= SURE:
            words[at] = replace(words[at], text=other.text)
    return replace(line, words=tuple(words))
