"""Markdown as document parsers give it: for programs that store, embed or translate the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from app.exports.base import ExportOptions
from app.exports.markdown import page_markdown
from app.ocr.result import Block, Page

# Left as they are: a fence with its code and a table in HTML, which have no escapes.
VERBATIM_OR_ESCAPE = re.compile(
    r"^(?:(?P<fence>`{3,})\n.*?\n(?P=fence)|<table.*?</table>)$|\\(?P<escaped>.)",
    re.DOTALL | re.MULTILINE,
)
# Escapes that stay: without them a text would become HTML, or end a table's cell.
NEEDED = frozenset("<|`")
PAGE_BREAK = "\n\n"


def document_markdown(pages: Iterable[Page], separator: str = PAGE_BREAK) -> str:
    """The pages that have text, with the separator between them."""
    texts = (markdown_of(page) for page in pages)
    return separator.join(text for text in texts if text)


def markdown_of(page: Page) -> str:
    """The page without escapes that only a renderer would need: `$ 4.50` and no `\\$ 4.50`.

    Lines end where they end on the page.
    """
    text = page_markdown(page, ExportOptions()).strip("\n")
    return VERBATIM_OR_ESCAPE.sub(_plain, text)


def block_markdown(page: Page, block: Block) -> str:
    """One block of the page."""
    return markdown_of(replace(page, blocks=(block,)))


def _plain(match: re.Match[str]) -> str:
    character: str | None = match["escaped"]
    return match[0] if character is None or character in NEEDED else character
