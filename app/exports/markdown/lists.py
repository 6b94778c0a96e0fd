"""Nested lists in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from app.exports.content.lists import ItemList, Node, nested, runs

from .text import escaped_line, hard_broken


def list_markdown(items: ItemList) -> str:
    return _nodes(nested(items.items), "")


def _nodes(nodes: Sequence[Node], indent: str) -> str:
    """The nested items. Alternating "1." and "1)" starts a new list, and so a new count."""
    ends = cycle(".)")
    text = ""
    for style, run in runs(nodes):
        end = next(ends) if style == "number" else ""
        for node in run:
            mark = f"{node.item.number}{end}" if end else "-"
            text += _node(node, mark, indent)
    return text


def _node(node: Node, mark: str, indent: str) -> str:
    inside = indent + " " * (len(mark) + 1)
    lines = hard_broken(map(escaped_line, node.item.labelled), inside)
    return f"{indent}{mark} {lines}".rstrip() + "\n" + _nodes(node.children, inside)
