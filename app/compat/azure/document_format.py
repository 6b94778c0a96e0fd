"""Content formats of Document Intelligence: plain text and its own Markdown.

https://learn.microsoft.com/azure/ai-services/document-intelligence/concept/markdown-elements
"""

from __future__ import annotations

import re
from html import escape

from app.exports.markdown import escaped
from app.ocr.result import Block, Cell

BULLETS = frozenset("-*•●▪■◦‣–·➢➤❖⁃")
# A word that would make its line a heading, list item or rule.
LINE_START = re.compile(r"#{1,6}|[-+=]+|\d{1,9}(?=[.)]$)")
COMMENTS = {"header": "PageHeader", "footer": "PageFooter", "page_number": "PageNumber"}


class PlainText:
    """Plain text, and base of Markdown. structured: mark up tables and headings in the text."""

    name = "text"
    structured = False
    page_break = ""
    between_blocks = "\n"
    marks = {True: ":selected:", False: ":unselected:"}

    def word(self, text: str, block: Block, *, first: bool) -> str:
        """The word as written to the text. first: it begins a line."""
        return text

    def frame(self, block: Block) -> tuple[str, str]:
        """The text before and after a block."""
        return "", ""

    def line_end(self, block: Block) -> str:
        return "\n"


class Markdown(PlainText):
    """Markdown; only the layout model's content is structured."""

    name = "markdown"
    page_break = "<!-- PageBreak -->"
    between_blocks = "\n\n"
    marks = {True: "☒", False: "☐"}

    def __init__(self, *, structured: bool) -> None:
        self.structured = structured

    def word(self, text: str, block: Block, *, first: bool) -> str:
        if self.structured and (block.cells or block.kind in COMMENTS):
            return escape(text, quote=block.kind in COMMENTS)
        if self.structured and block.kind == "list":
            bullet = first and text in BULLETS and text == block.marker
            return "-" if bullet else escaped(text)
        return escaped_start(text) if first else escaped(text)

    def frame(self, block: Block) -> tuple[str, str]:
        if not self.structured:
            return "", ""
        if block.kind in COMMENTS:
            return f'<!-- {COMMENTS[block.kind]}="', '" -->'
        return ("#" * max(block.level, 1) + " ", "") if block.kind == "heading" else ("", "")

    def line_end(self, block: Block) -> str:
        """Separator between lines: a space in headings and comments, which are one line each."""
        one_line = self.structured and (block.kind == "heading" or block.kind in COMMENTS)
        return " " if one_line else "\n"


def escaped_start(text: str) -> str:
    """Escapes the first word of a line: `1.` with its full stop escaped is no list item."""
    match = LINE_START.match(text)
    if match is None:
        return escaped(text)
    if match[0].isdigit():
        return f"{match[0]}\\{escaped(text[match.end() :])}"
    return f"\\{escaped(text)}" if match[0] == text else escaped(text)


def cell_tag(cell: Cell) -> tuple[str, str]:
    """The HTML around the content of a table's cell."""
    name = "th" if cell.header else "td"
    spans = (("rowspan", cell.row_span), ("colspan", cell.column_span))
    attributes = "".join(f' {attribute}="{count}"' for attribute, count in spans if count > 1)
    return f"<{name}{attributes}>", f"</{name}>"
