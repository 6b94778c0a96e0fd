"""Template filters that write the lines and cells of a page, word by word.

A page has hundreds of words; a template for each would take more than half of the page's time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from app.ocr.confidence import level
from app.ocr.result import Cell, Line, Word

from .site import percent

register = template.Library()


@register.filter
def written(line: Line, find: str) -> SafeString:
    """The line with a <span> for each word, and a newline. find: words to mark."""
    direction = ' dir="rtl"' if line.direction == "rtl" else ""
    wanted = find.casefold().split()
    words = "".join(_word(word, wanted) for word in line.words)
    return SafeString(f'<span class="line"{direction}>{words}</span>\n')


@register.filter
def written_row(row: Iterable[Any], find: str) -> SafeString:
    """A table row. row: its cells as app.web.page_blocks.ShownCell."""
    return SafeString(f"<tr>{''.join(_cell(shown, find) for shown in row)}</tr>")


def _word(word: Word, wanted: list[str]) -> str:
    kind, title, step = "word", "", level(word.confidence)
    if step != "sure":
        kind, title = f"word word-{step}", f' title="{percent(word.confidence)}"'
    elif word.handwritten:
        kind = "word word-handwritten"
    if wanted and any(part in word.text.casefold() for part in wanted):
        kind += " word-found"
    box = " ".join(map(str, word.bbox))
    space = " " if word.space_after else ""
    return f'<span class="{kind}" data-box="{box}"{title}>{escape(word.text)}</span>{space}'


def _cell(shown: Any, find: str) -> str:
    tag = "th" if shown.scope else "td"
    attributes = "".join(f' {name}="{value}"' for name, value in _attributes(shown))
    return f"<{tag}{attributes}>{''.join(written(line, find) for line in shown.cell.lines)}</{tag}>"


def _attributes(shown: Any) -> Iterator[tuple[str, object]]:
    """Attributes of a cell; all are our own names or numbers, so none needs escaping."""
    cell: Cell = shown.cell
    if shown.scope:
        yield "scope", shown.scope
    if cell.row_span > 1:
        yield "rowspan", cell.row_span
    if cell.column_span > 1:
        yield "colspan", cell.column_span
    elif shown.numeric:
        yield "class", "number"
    yield "data-cell", f"{cell.row}-{cell.column}"
    if cell.bbox.width:
        yield "data-box", " ".join(map(str, cell.bbox))
