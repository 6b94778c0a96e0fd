"""Markdown (CommonMark with the tables of GitHub)."""

from __future__ import annotations

import re
from typing import IO

from app.ocr.result import Page

from .base import Document, Exporter, ExportOptions
from .content import Table, page_content
from .paragraphs import Paragraph
from .text_stream import text_stream
from .xml import one_line

# What begins emphasis, code, links, HTML, entities and table cells anywhere in a line …
SPECIAL = re.compile(r"([\\`*_\[\]<>&|~$])")
# … and what makes a line a heading, list item or rule only where it begins one.
LINE_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+=](?=[\s=-]|$)|(?<=^)\d{1,9}(?=[.)](\s|$)))")
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
    return "\n".join(
        _table(item) if isinstance(item, Table) else _paragraph(item)
        for item in page_content(page, options)
    )


def _paragraph(paragraph: Paragraph) -> str:
    lines = [_escape(line) for line in paragraph.lines]
    if paragraph.kind == "heading":
        return f"## {' '.join(lines)}\n"
    if paragraph.kind == "list":
        return "".join(f"- {_without_bullet(line)}\n" for line in lines)
    # The backslash keeps a line's end, which Markdown would turn into a space.
    return "\\\n".join(lines) + "\n"


def _without_bullet(line: str) -> str:
    return re.sub(r"^(\\[-+*]|[•◦▪‣–·])\s+", "", line)


def _table(table: Table) -> str:
    """Markdown's tables begin with a row of headings, which is the first row here."""
    head, *body = ([_escape(text, line_start=False) for text in row] for row in table.rows)
    rule = ["---"] * len(head)
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *body))


def escaped(word: str) -> str:
    """A word as it stands inside a line."""
    return _escape(word, line_start=False)


def _escape(text: str, *, line_start: bool = True) -> str:
    escaped = SPECIAL.sub(r"\\\1", one_line(text))
    return LINE_START.sub(_escape_start, escaped) if line_start else escaped


def _escape_start(match: re.Match[str]) -> str:
    """A number is no list item once the full stop after it is escaped."""
    start = match[0]
    return f"{start}\\" if start.isdigit() else f"\\{start}"
