"""Running heads and feet of a document, known by their repetition from page to page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.ocr.result import Block, Page

from .furniture import EDGE, is_page_number

# On so many pages, and on this share of those that could show it: left and right pages differ.
LEAST_PAGES = 3
SHARE = 0.4
MOST_LINES = 2
KINDS = ("text", "heading", "list", "footnote")
DIGITS = re.compile(r"\d+")


def with_repeated_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages, whose first and last blocks are headers, footers and page numbers if the same
    text, numbers apart, is at the same edge of other pages. Their order stays."""
    counts = Counter(key for page in pages for key in {_key(page, block) for block in page.blocks})
    least = max(LEAST_PAGES, SHARE * len(pages))
    repeated = {key for key, count in counts.items() if key and count >= least}
    if not repeated:
        return list(pages)
    return [replace(page, blocks=tuple(_marked(page, repeated))) for page in pages]


def _marked(page: Page, repeated: set[tuple[str, str]]) -> Iterator[Block]:
    for block in page.blocks:
        key = _key(page, block)
        if key not in repeated or key is None:
            yield block
        elif is_page_number(block.text):
            yield Block(block.lines, "page_number")
        else:
            yield Block(block.lines, key[0])


def _key(page: Page, block: Block) -> tuple[str, str] | None:
    """Its kind and its text without numbers, if it may be furniture by kind, size and place."""
    if block.kind not in KINDS or len(block.lines) > MOST_LINES:
        return None
    middle = (block.bbox.top + block.bbox.bottom) / 2
    text = DIGITS.sub("#", " ".join(block.text.split()).casefold())
    if middle <= EDGE * page.height:
        return "header", text
    return ("footer", text) if middle >= (1 - EDGE) * page.height else None
