"""One self-contained HTML page without scripts."""

from __future__ import annotations

from itertools import chain
from typing import IO

from app.ocr.result import Page

from .base import GENERATOR, Document, Exporter, ExportOptions
from .content.lists import ItemList
from .content.page import Item, PlacedFigure, content_with_figures, heading_level
from .content.paragraphs import Paragraph
from .content.tables import Table
from .html_blocks import dir_attribute, lines_html, list_html, table_html, text_html
from .text_stream import text_stream
from .xml import page_language

STYLE = (
    "body{max-width:48rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}"
    "section+section{border-top:1px solid;margin-top:2rem;padding-top:1rem}"
    "table{border-collapse:collapse;margin:1rem 0}"
    "th,td{border:1px solid #8888;padding:.2rem .6rem;vertical-align:top;text-align:start}"
    "thead th[colspan]{text-align:center}"
    "table .number{text-align:end;font-variant-numeric:tabular-nums}"
    "ul.labels{list-style:none}"
    "pre{overflow-x:auto;line-height:1.3}"
    "figure svg{display:block;max-width:24rem;border:1px dashed #8888}"
    ".caption,figcaption{font-style:italic}"
    ".footnote,.header,.footer,.page_number,.margin{font-size:.85rem}"
    "@media print{section+section{border:0;break-before:page}}"
)
# Kinds of blocks for which HTML has no element.
CLASSES = {
    kind: f' class="{kind}"'
    for kind in ("caption", "footnote", "header", "footer", "page_number", "margin")
}


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
    content = "".join(map(_item, content_with_figures(page, options)))
    return f'<section id="page-{page.number}"{_lang(page)}>\n{content}</section>\n'


def _head(document: Document, first: Page | None) -> str:
    return (
        f"<!DOCTYPE html>\n<html{_lang(first)}>\n<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="{GENERATOR}">\n'
        f"<title>{text_html(document.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    )


def _lang(page: Page | None) -> str:
    tag = page_language(page) if page else None
    return f' lang="{tag}"' if tag else ""


def _item(item: Item | PlacedFigure) -> str:
    if isinstance(item, PlacedFigure):
        return _figure(item)
    if isinstance(item, Table):
        return table_html(item, classes=True)
    return list_html(item) if isinstance(item, ItemList) else _paragraph(item)


def _figure(placed: PlacedFigure) -> str:
    """An empty frame of the figure's shape: the file contains no pictures."""
    box = placed.figure.bbox
    shape = f"0 0 {max(box.width, 1)} {max(box.height, 1)}"
    # Pages that show this forbid style attributes by their Content-Security-Policy.
    frame = f'<svg viewBox="{shape}" aria-hidden="true"></svg>'
    if placed.caption is None:
        return f"<figure>{frame}</figure>\n"
    direction = dir_attribute(placed.caption.direction)
    text = lines_html(placed.caption.lines)
    return f"<figure>{frame}<figcaption{direction}>{text}</figcaption></figure>\n"


def _paragraph(paragraph: Paragraph) -> str:
    direction = dir_attribute(paragraph.direction)
    if paragraph.kind == "code":
        return f"<pre{direction}><code>{text_html(paragraph.text)}</code></pre>\n"
    text = lines_html(paragraph.lines)
    if paragraph.kind == "heading":
        tag = f"h{heading_level(paragraph)}"
        return f"<{tag}{direction}>{text}</{tag}>\n"
    return f"<p{CLASSES.get(paragraph.kind, '')}{direction}>{text}</p>\n"
