"""Tables and lists as HTML, also for tables that Markdown cannot express."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from app.ocr.text import clean

from .content.lists import ItemList, Node, nested, runs
from .content.tables import Table, TableCell, header_scope, numeric_columns


def table_html(table: Table, *, classes: bool = False) -> str:
    """The table in HTML, with header rows at the top as its head.

    classes: give cells of numeric columns the class "number", so that a style sheet can
    right-align them.
    """
    rows, heads = table.rows, table.header_rows
    numeric = numeric_columns(table) if classes else set()
    head = "".join(_row(row, numeric, in_head=True) for row in rows[:heads])
    body = "".join(_row(row, numeric, in_head=False) for row in rows[heads:])
    thead = f"<thead>\n{head}</thead>\n" if head else ""
    tbody = f"<tbody>\n{body}</tbody>\n" if head and body else body
    return f"<table{dir_attribute(table.direction)}>\n{thead}{tbody}</table>\n"


def list_html(items: ItemList) -> str:
    return _nodes(nested(items.items))


def text_html(text: str) -> str:
    return escape(clean(text))


def lines_html(lines: Iterable[str]) -> str:
    return "<br>".join(map(text_html, lines))


def dir_attribute(direction: str) -> str:
    return ' dir="rtl"' if direction == "rtl" else ""


def _row(cells: Iterable[TableCell], numeric: set[int], *, in_head: bool) -> str:
    written = (
        _cell(cell, in_head=in_head, numeric=cell.column in numeric and cell.column_span == 1)
        for cell in cells
    )
    return f"<tr>{''.join(written)}</tr>\n"


def _cell(cell: TableCell, *, in_head: bool, numeric: bool) -> str:
    tag, attributes = "td", ""
    if scope := header_scope(cell, in_head=in_head):
        tag, attributes = "th", f' scope="{scope}"'
    for name, span in (("rowspan", cell.row_span), ("colspan", cell.column_span)):
        attributes += f' {name}="{span}"' if span > 1 else ""
    attributes += ' class="number"' if numeric else ""
    return f"<{tag}{attributes}>{lines_html(cell.lines)}</{tag}>"


def _nodes(nodes: Sequence[Node]) -> str:
    return "".join(_list(style, run) for style, run in runs(nodes))


def _list(style: str, run: Sequence[Node]) -> str:
    first = run[0].item
    attributes = dir_attribute(first.direction)
    if style == "label":
        attributes += ' class="labels"'
    if style == "number" and first.number != 1:
        attributes += f' start="{first.number}"'
    tag = "ol" if style == "number" else "ul"
    items = "".join(
        f"<li>{lines_html(node.item.labelled)}{_children(node.children)}</li>\n" for node in run
    )
    return f"<{tag}{attributes}>\n{items}</{tag}>\n"


def _children(nodes: Sequence[Node]) -> str:
    return f"\n{_nodes(nodes)}" if nodes else ""
