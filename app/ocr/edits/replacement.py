"""Find and replace within the lines of a page; matches may cover parts of words, or several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from app.ocr.result import Block, Line, Page

from .boxes import reworded


@dataclass(frozen=True)
class Search:
    """text: matches any white space between its words. whole_words: not inside longer words."""

    text: str
    match_case: bool = False
    whole_words: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        pattern = r"\s+".join(re.escape(word) for word in self.text.split())
        if self.whole_words:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        return re.compile(pattern, 0 if self.match_case else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """A found place: the line's text before it, the text itself, and the rest of the line."""

    before: str
    found: str
    after: str


def matches(page: Page, search: Search) -> Iterator[Match]:
    """The places that replaced() changes, in reading order."""
    for line in page.lines:
        text = line.text
        for match in search.pattern.finditer(text):
            yield Match(text[: match.start()], match.group(), text[match.end() :])


def replaced(page: Page, search: Search, text: str) -> Page:
    """The page with each match replaced by text."""
    blocks = tuple(_in_block(block, search, text) for block in page.blocks)
    return replace(page, blocks=tuple(block for block in blocks if block.lines))


def _in_block(block: Block, search: Search, text: str) -> Block:
    if block.cells:
        cells = [replace(cell, lines=_in_lines(cell.lines, search, text)) for cell in block.cells]
        return Block.table(cells, continues=block.continues)
    return replace(block, lines=_in_lines(block.lines, search, text))


def _in_lines(lines: tuple[Line, ...], search: Search, text: str) -> tuple[Line, ...]:
    changed = (_in_line(line, search, text) for line in lines)
    return tuple(line for line in changed if line.words)


def _in_line(line: Line, search: Search, text: str) -> Line:
    """Replaces from the last match to the first, so that earlier matches keep their offsets."""
    for match in reversed(list(search.pattern.finditer(line.text))):
        line = _at(line, match.start(), match.end(), text)
    return line


def _at(line: Line, start: int, end: int, text: str) -> Line:
    """The line with its characters from start to end replaced by text."""
    spans = list(_spans(line))
    touched = [index for index, (left, right) in enumerate(spans) if left < end and right > start]
    first, last = touched[0], touched[-1]
    whole = line.text
    typed = whole[spans[first][0] : start] + text + whole[end : spans[last][1]]
    words = reworded(line.words[first : last + 1], typed, line.direction)
    return replace(line, words=(*line.words[:first], *words, *line.words[last + 1 :]))


def _spans(line: Line) -> Iterator[tuple[int, int]]:
    """Start and end of each word in the line's text."""
    at = 0
    for word in line.words:
        yield at, at + len(word.text)
        at += len(word.text) + word.space_after
