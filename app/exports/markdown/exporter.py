"""Markdown: CommonMark with GitHub's tables, and HTML for tables that these cannot express."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO

from app.exports.base import Document, Exporter, ExportOptions
from app.exports.content.lists import ItemList
from app.exports.content.page import Item, heading_level, page_content
from app.exports.content.paragraphs import Paragraph
from app.exports.content.tables import Table
from app.exports.html_blocks import table_html
from app.exports.text_stream import text_stream
from app.ocr.result import Page

from .lists import list_markdown
from .text import escaped, escaped_line, hard_broken

PAGE_BREAK = "\n---\n\n"


class MarkdownExporter(Exporter):
    name = "md"
    title = "Markdown"
    media_type = "text/markdown; charset=utf-8"
    extension = "md"

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        with text_stream(stream) as out:
            separator = ""
            for page in document.pages:
                if text := page_markdown(page, options):
                    out.write(separator + text)
                    separator = PAGE_BREAK
            out.write("" if separator else "\n")


def page_markdown(page: Page, options: ExportOptions) -> str:
    return "\n".join(map(_item, page_content(page, options)))


def _item(item: Item) -> str:
    if isinstance(item, ItemList):
        return list_markdown(item)
    if isinstance(item, Table):
        return _pipe_table(item) if _fits_pipes(item) else table_html(item)
    return _paragraph(item)


def _paragraph(paragraph: Paragraph) -> str:
    if paragraph.kind == "code":
        return _fenced(paragraph.text)
    if paragraph.kind == "heading":
        text = " ".join(map(escaped, paragraph.lines)).replace("#", r"\#")
        return f"{'#' * heading_level(paragraph)} {text}\n"
    return hard_broken(map(escaped_line, paragraph.lines)) + "\n"


def _fenced(code: str) -> str:
    """Fenced code. The fence is longer than any run of backticks in the code."""
    longest = max(map(len, re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{code}\n{fence}\n"


def _fits_pipes(table: Table) -> bool:
    """Whether it has at most one header row and no spans."""
    return not table.has_spans and table.header_rows <= 1


def _pipe_table(table: Table) -> str:
    """A table in GitHub's syntax, which requires one header row.

    If headers are unknown it is the first row; if the table has none it is empty.
    """
    rows = [[escaped(text) for text in texts] for texts in table.texts]
    if table.headed and not table.header_rows:
        rows.insert(0, [""] * table.width)
    rule = ["---"] * table.width
    return "".join(map(_pipe_row, (rows[0], rule, *rows[1:])))


def _pipe_row(texts: Iterable[str]) -> str:
    return f"| {' | '.join(texts)} |\n"
