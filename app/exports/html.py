"""One self-contained HTML page without scripts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import chain
from typing import IO

from app.ocr.result import Page

from .base import GENERATOR, Document, Exporter, ExportOptions
from .content import Table, page_content
from .paragraphs import Paragraph
from .text_stream import text_stream
from .xml import clean, page_language

STYLE = (
    "body{max-width:48rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}"
    "section+section{border-top:1px solid;margin-top:2rem;padding-top:1rem}"
    "td{padding:.1rem .75rem .1rem 0;vertical-align:top}"
    "@media print{section+section{border:0;break-before:page}}"
)


class HtmlExporter(Exporter):
    name = "html"
    title = "HTML"
    media_type = "text/html; charset=utf-8"
    extension = "html"

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        with text_stream(stream) as out:
            pages = iter(document.pages)
            first = next(pages, None)
            out.write(_head(document, first))
            for page in chain([first] if first else [], pages):
                out.write(page_html(page, options))
            out.write("</body>\n</html>\n")


def page_html(page: Page, options: ExportOptions) -> str:
    content = "".join(
        _table(item) if isinstance(item, Table) else _paragraph(item)
        for item in page_content(page, options)
    )
    return f'<section id="page-{page.number}"{_lang(page)}>\n{content}</section>\n'


def _head(document: Document, first: Page | None) -> str:
    return (
        f"<!DOCTYPE html>\n<html{_lang(first)}>\n<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="{GENERATOR}">\n'
        f"<title>{_text(document.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    )


def _lang(page: Page | None) -> str:
    tag = page_language(page) if page else None
    return f' lang="{tag}"' if tag else ""


def _paragraph(paragraph: Paragraph) -> str:
    direction = _dir(paragraph.direction)
    if paragraph.kind == "list":
        return f"<ul{direction}>\n{_each('li', paragraph.lines)}</ul>\n"
    tag = "h2" if paragraph.kind == "heading" else "p"
    return f"<{tag}{direction}>{'<br>'.join(map(_text, paragraph.lines))}</{tag}>\n"


def _table(table: Table) -> str:
    rows = "".join(f"<tr>{_each('td', row)}</tr>\n" for row in table.rows)
    return f"<table{_dir(table.direction)}>\n{rows}</table>\n"


def _each(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{_text(text)}</{tag}>" for text in texts)


def _dir(direction: str) -> str:
    return ' dir="rtl"' if direction == "rtl" else ""


def _text(text: str) -> str:
    return escape(clean(text))
