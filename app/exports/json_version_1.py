"""Pages as in version 1 of the JSON: no cells, levels or figures, fewer kinds of blocks."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from app.ocr.result import Block, Line, Page, Word

KINDS = {"code": "text", "footnote": "text", "margin": "text", "page_number": "footer"}


def flat_page(page: Page) -> Page:
    return replace(page, blocks=tuple(_flat_block(block) for block in page.blocks))


def _flat_block(block: Block) -> Block:
    kind = KINDS.get(block.kind, block.kind)
    return Block(tuple(_plain(line) for line in _flat_lines(block)), kind)


def _flat_lines(block: Block) -> tuple[Line, ...]:
    """The block's lines; each row of a table was one line."""
    if not block.cells:
        return block.lines
    rows = groupby(block.cells, key=lambda cell: cell.row)
    cells = ([line for cell in row for line in cell.lines if line.words] for _, row in rows)
    return tuple(_joined(lines) for lines in cells if lines)


def _joined(lines: list[Line]) -> Line:
    """Words of several lines on one line, with a space after each line."""
    words: list[Word] = []
    for line in lines:
        words.extend(line.words[:-1])
        words.append(replace(line.words[-1], space_after=True))
    return Line(tuple(words), lines[0].direction)


def _plain(line: Line) -> Line:
    return replace(
        line, words=tuple(replace(word, source="", handwritten=False) for word in line.words)
    )
