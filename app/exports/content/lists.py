"""Lists: markers of items, and items nested by depth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from app.exports.base import ExportOptions
from app.ocr.result import Block

from .paragraphs import block_lines, joined_lines

# CommonMark allows at most nine digits.
NUMBER = re.compile(r"\(?(\d{1,9})[.)]")
BULLETS = "-+*•◦▪▫■□●○‣⁃–—·"
MARKER = re.compile(rf"(?:[{re.escape(BULLETS)}]|\(?\d{{1,9}}[.)])(?=\s)")
DEEPEST = 9

# A number, a bullet, or a label that must be written out, such as "b)" or "☒".
Style = Literal["number", "bullet", "label"]


@dataclass(frozen=True, slots=True)
class ListItem:
    """depth: from 1. marker: as printed, or "". lines: at least one, without the marker."""

    depth: int
    marker: str
    lines: tuple[str, ...]
    direction: str = "ltr"

    @property
    def number(self) -> int | None:
        match = NUMBER.fullmatch(self.marker)
        return int(match[1]) if match else None

    @property
    def style(self) -> Style:
        if self.number is not None:
            return "number"
        return "bullet" if self.marker in BULLETS else "label"

    @property
    def printed(self) -> tuple[str, ...]:
        """The lines with the marker in front."""
        first, *others = self.lines
        return (f"{self.marker} {first}".strip(), *others)

    @property
    def labelled(self) -> tuple[str, ...]:
        """The lines, with the marker only if no kind of list generates it."""
        return self.printed if self.style == "label" else self.lines


@dataclass(frozen=True, slots=True)
class ItemList:
    """Consecutive items on the page."""

    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class Node:
    item: ListItem
    children: list[Node] = field(default_factory=list)


def list_items(block: Block, options: ExportOptions) -> list[ListItem]:
    """A list block is one item, but in version 1 of the result tree each line is one."""
    lines = block_lines(block)
    direction = block.lines[0].direction if block.lines else "ltr"
    if not block.level:
        return [_item(1, "", [line], direction) for line in lines]
    lines = joined_lines(lines, options)
    return [_item(min(block.level, DEEPEST), block.marker, lines, direction)] if lines else []


def nested(items: Iterable[ListItem]) -> list[Node]:
    """Items nested below the preceding item of lower depth; skipped depths count as one."""
    roots: list[Node] = []
    path: list[Node] = []
    for item in items:
        while path and path[-1].item.depth >= item.depth:
            path.pop()
        node = Node(item)
        (path[-1].children if path else roots).append(node)
        path.append(node)
    return roots


def runs(nodes: Sequence[Node]) -> Iterator[tuple[Style, list[Node]]]:
    """Neighbours of one style; a number that is not the next one begins a new run."""
    for style, group in groupby(nodes, key=lambda node: node.item.style):
        run: list[Node] = []
        for node in group:
            if run and style == "number" and node.item.number != (run[-1].item.number or 0) + 1:
                yield style, run
                run = []
            run.append(node)
        yield style, run


def _item(depth: int, marker: str, lines: Sequence[str], direction: str) -> ListItem:
    """An item without its marker, which is taken from the text if a correction changed it."""
    first, *others = lines
    if not marker or not first.startswith(marker):
        match = MARKER.match(first)
        marker = match[0] if match else ""
    return ListItem(depth, marker, (first[len(marker) :].lstrip(), *others), direction)
