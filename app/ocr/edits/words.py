"""Edits of words and lines, addressed by a word's index among all words in reading order.

Each returns a new page. Edits stay inside a block or a cell of a table; a block that they empty
is left out. Edited words count as certain. All raise OcrError(not_found) for a word that the page
does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.ocr.errors import OcrError
from app.ocr.result import Block, Cell, Line, Page
from app.ocr.text import clean

from .boxes import area_after, area_below, reworded, typed_words

Edit = Callable[[Page], Page]


@dataclass(frozen=True, slots=True)
class _Place:
    """Indexes. block: on the page. part: cell of a table, else 0. line: in it. word: in that."""

    block: int
    part: int
    line: int
    word: int


def replace_words(page: Page, word: int, *, count: int = 1, text: str) -> Page:
    """Replace neighbouring words of one line by text, or delete them if the text is empty.

    Raises OcrError(bad_option) if the words are not in one line.
    """
    place, lines = _find(page, word)
    line = lines[place.line]
    end = place.word + count
    if count < 1 or end > len(line.words):
        raise OcrError("bad_option", "These words are not in one line.")
    typed = reworded(line.words[place.word : end], text, line.direction)
    words = (*line.words[: place.word], *typed, *line.words[end:])
    return _with_lines(page, place, _spliced(lines, place.line, 1, [replace(line, words=words)]))


def insert_words(page: Page, word: int, *, text: str) -> Page:
    """Insert text after a word, as words of its line."""
    place, lines = _find(page, word)
    line, after = lines[place.line], place.word + 1
    texts = _typed(text)
    area = area_after(line, place.word, len(" ".join(texts)), page)
    typed = typed_words(texts, area, line.direction, like=line.words[place.word])
    words = (*line.words[:after], *typed, *line.words[after:])
    return _with_lines(page, place, _spliced(lines, place.line, 1, [replace(line, words=words)]))


def break_line(page: Page, word: int) -> Page:
    """Begin a new line at the word. Raises OcrError(bad_option) if it already begins one."""
    place, lines = _find(page, word)
    if not place.word:
        raise OcrError("bad_option", "The word already begins its line.")
    line = lines[place.line]
    parts = [
        replace(line, words=line.words[: place.word]),
        replace(line, words=line.words[place.word :]),
    ]
    return _with_lines(page, place, _spliced(lines, place.line, 1, parts))


def join_lines(page: Page, word: int) -> Page:
    """Join the word's line with the next one of its block or cell.

    Raises OcrError(bad_option) if there is no next one.
    """
    place, lines = _find(page, word)
    if place.line + 1 >= len(lines):
        raise OcrError("bad_option", "No line follows in this paragraph.")
    first, second = lines[place.line : place.line + 2]
    joined = replace(first, words=first.words + second.words)
    return _with_lines(page, place, _spliced(lines, place.line, 2, [joined]))


def insert_line(page: Page, word: int, *, text: str) -> Page:
    """Insert text as a new line below the word's line."""
    place, lines = _find(page, word)
    line = lines[place.line]
    typed = typed_words(_typed(text), area_below(line, page), line.direction, like=line.words[-1])
    added = [line, Line(typed, line.direction)]
    return _with_lines(page, place, _spliced(lines, place.line, 1, added))


def _typed(text: str) -> list[str]:
    texts = clean(text).split()
    if not texts:
        raise OcrError("bad_option", "The text is empty.")
    return texts


def _find(page: Page, word: int) -> tuple[_Place, tuple[Line, ...]]:
    """The word's place, and the lines of its block or cell."""
    rest = word
    for block_index, block in enumerate(page.blocks):
        for part_index, part in enumerate(_parts(block)):
            for line_index, line in enumerate(part.lines):
                if 0 <= rest < len(line.words):
                    return _Place(block_index, part_index, line_index, rest), part.lines
                rest -= len(line.words)
    raise OcrError("not_found", f"The page has no word {word}.")


def _parts(block: Block) -> Sequence[Block | Cell]:
    return block.cells or (block,)


def _spliced(lines: Sequence[Line], start: int, count: int, changed: Sequence[Line]) -> list[Line]:
    return [*lines[:start], *changed, *lines[start + count :]]


def _with_lines(page: Page, place: _Place, lines: Sequence[Line]) -> Page:
    """The page with new lines in one block or cell; empty lines are left out."""
    block = page.blocks[place.block]
    filled = tuple(line for line in lines if line.words)
    if block.cells:
        cells = list(block.cells)
        cells[place.part] = replace(cells[place.part], lines=filled)
        changed = Block.table(cells, continues=block.continues)
    else:
        changed = replace(block, lines=filled)
    blocks = [*page.blocks]
    blocks[place.block : place.block + 1] = [changed] if changed.lines else []
    return replace(page, blocks=tuple(blocks))
