"""Turn Tesseract's TSV into blocks. Its words are in reading order, right-to-left text included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from app.ocr.result import Bbox, Block, Line, Word
from app.ocr.scripts import is_right_to_left, is_vertical, joins_without_space, script_of

WORD_LEVEL = "5"
# A Korean space is at least this share of the line's height; narrower gaps separate syllables.
KOREAN_SPACE = 0.33


@dataclass(frozen=True, slots=True)
class _Row:
    """paragraph: (block, paragraph); line: number of the line inside it."""

    paragraph: tuple[str, str]
    line: str
    word: Word


def blocks_from_tsv(tsv: str) -> tuple[Block, ...]:
    """One block per paragraph; rows above word level and empty words are left out."""
    rows = filter(None, map(_row, tsv.splitlines()))
    paragraphs = groupby(rows, key=lambda row: row.paragraph)
    return tuple(Block(tuple(_lines(paragraph))) for _, paragraph in paragraphs)


def _row(text: str) -> _Row | None:
    """level page block paragraph line word left top width height confidence text"""
    fields = text.split("\t", 11)
    if len(fields) < 12 or fields[0] != WORD_LEVEL or not fields[11].strip():
        return None
    left, top, width, height = map(int, fields[6:10])
    confidence = max(0.0, min(1.0, float(fields[10]) / 100))
    word = Word(fields[11].strip(), Bbox(left, top, left + width, top + height), confidence)
    return _Row((fields[2], fields[3]), fields[4], word)


def _lines(paragraph: Iterator[_Row]) -> Iterator[Line]:
    for _, rows in groupby(paragraph, key=lambda row: row.line):
        words = [row.word for row in rows]
        yield Line(tuple(_spaced(words)), _direction(words))


def _spaced(words: list[Word]) -> Iterator[Word]:
    """Chinese, Japanese and, inside a word, Korean syllables follow each other without a space."""
    height = median(word.bbox.height for word in words)
    for word, following in pairwise([*words, None]):
        if word is None:
            continue
        joined = following is not None and (
            joins_without_space(word.text, following.text)
            or _is_same_korean_word(word, following, height)
        )
        yield Word(word.text, word.bbox, word.confidence, space_after=not joined)


def _is_same_korean_word(word: Word, following: Word, height: float) -> bool:
    """Whether two words are one: Tesseract's TSV, unlike its text, splits spaced-out syllables."""
    korean = script_of(word.text[-1]) == script_of(following.text[0]) == "Hangul"
    return korean and following.bbox.left - word.bbox.right < KOREAN_SPACE * height


def _direction(words: list[Word]) -> str:
    text = " ".join(word.text for word in words)
    box = Bbox.around(word.bbox for word in words)
    if len(text) > 1 and is_vertical(text.replace(" ", ""), box):
        return "ttb"
    return "rtl" if is_right_to_left(text) else "ltr"
