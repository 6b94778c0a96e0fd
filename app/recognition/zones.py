"""Machine-readable zones on a recognized page, their letters and digits corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.ocr.machine_readable import zone_at
from app.ocr.result import Block, Line, Page


def with_zones(page: Page) -> Page:
    """The page with the same words, of which those in such a zone may have other signs."""
    if not any("<" in word.text for word in page.words):
        return page
    return replace(page, blocks=tuple(map(_corrected, page.blocks)))


def _corrected(block: Block) -> Block:
    if block.cells:
        return block
    texts = ["".join(word.text for word in line.words) for line in block.lines]
    for start in range(len(texts)):
        zone = zone_at(texts, start)
        texts[start : start + len(zone)] = zone
    lines = (_line(line, text) for line, text in zip(block.lines, texts, strict=True))
    return replace(block, lines=tuple(lines))


def _line(line: Line, text: str) -> Line:
    """The words with the signs of the text, which is as long as they are together."""

    def texts() -> Iterator[str]:
        at = 0
        for word in line.words:
            yield text[at : at + len(word.text)]
            at += len(word.text)

    words = zip(line.words, texts(), strict=True)
    return replace(line, words=tuple(replace(word, text=new) for word, new in words))
