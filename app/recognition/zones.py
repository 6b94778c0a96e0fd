"""Correct the letters and digits of machine-readable zones on a recognized page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from app.ocr.machine_readable import zone_at
from app.ocr.result import Block, Line, Page


def with_zones(page: Page) -> Page:
    """The page with the same words, with corrected characters in machine-readable zones."""
    if not any("<" in word.text for word in page.words):
        return page
    lines = [line for block in page.blocks if not block.cells for line in block.lines]
    texts = ["".join(word.text for word in line.words) for line in lines]
    for start in range(len(texts)):
        zone = zone_at(texts, start)
        texts[start : start + len(zone)] = zone
    # Each line of a zone may be in a block of its own.
    corrected = map(_line, lines, texts)
    return replace(page, blocks=tuple(_block(block, corrected) for block in page.blocks))


def _block(block: Block, corrected: Iterator[Line]) -> Block:
    """The block with its lines replaced by the next corrected ones."""
    if block.cells:
        return block
    return replace(block, lines=tuple(islice(corrected, len(block.lines))))


def _line(line: Line, text: str) -> Line:
    """The line's words with the characters of the text, which has their total length."""

    def texts() -> Iterator[str]:
        at = 0
        for word in line.words:
            yield text[at : at + len(word.text)]
            at += len(word.text)

    words = zip(line.words, texts(), strict=True)
    return replace(line, words=tuple(replace(word, text=new) for word, new in words))
