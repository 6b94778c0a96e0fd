"""Markdown like that of document parsers, for programs that store, embed or translate text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby

from app.exports.base import ExportOptions
from app.exports.markdown import page_markdown
from app.ocr.layout.figures import Figure, caption_of, in_reading_order
from app.ocr.result import Block, Page

# Fenced code and HTML tables contain no escapes, and stay as they are.
VERBATIM_OR_ESCAPE = re.compile(
    r"^(?:(?P<fence>`{3,})\n.*?\n(?P=fence)|<table.*?</table>)$|\\(?P<escaped>.)",
    re.DOTALL | re.MULTILINE,
)
# Characters that stay escaped, or the text would become HTML or end a table cell.
NEEDED = frozenset("<|`")
PAGE_BREAK = "\n\n"


# Markdown for a figure of a page and its caption, "" without one.
Picture = Callable[[Page, Figure, str], str]


def document_markdown(
    pages: Iterable[Page], separator: str = PAGE_BREAK, picture: Picture | None = None
) -> str:
    """Pages that have text, joined by the separator."""
    texts = (markdown_of(page, picture) for page in pages)
    return separator.join(text for text in texts if text)


def markdown_of(page: Page, picture: Picture | None = None) -> str:
    """The page without escapes that only a renderer needs: `$ 4.50` instead of `\\$ 4.50`.

    Lines break where they do on the page. Without `picture`, figures are reduced to captions.
    """
    if picture is None or not page.figures:
        text = page_markdown(page, ExportOptions()).strip("\n")
        return VERBATIM_OR_ESCAPE.sub(_plain, text)
    parts = []
    items = in_reading_order(page, captions=False)
    for is_figure, run in groupby(items, lambda item: isinstance(item, Figure)):
        if is_figure:
            parts += [_figure(page, item, picture) for item in run if isinstance(item, Figure)]
        else:
            blocks = tuple(item for item in run if isinstance(item, Block))
            parts.append(markdown_of(replace(page, blocks=blocks, figures=())))
    return "\n\n".join(part for part in parts if part)


def _figure(page: Page, figure: Figure, picture: Picture) -> str:
    caption = caption_of(figure, page)
    return picture(page, figure, block_markdown(page, caption) if caption else "")


def block_markdown(page: Page, block: Block) -> str:
    """One block of the page."""
    return markdown_of(replace(page, blocks=(block,), figures=()))


def _plain(match: re.Match[str]) -> str:
    character: str | None = match["escaped"]
    return match[0] if character is None or character in NEEDED else character
