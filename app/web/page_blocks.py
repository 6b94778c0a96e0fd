"""A page's blocks as the entry page shows them: paragraphs, headings, lists, code and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from app.exports.base import ExportOptions
from app.exports.content.code import code_indents
from app.exports.content.page import UNKNOWN_LEVEL, table_blocks
from app.exports.content.tables import block_table, complete_cells, header_scope, numeric_columns
from app.ocr.result import Block, Cell, Line, Page

# The title of the HTML page is its h1.
DEEPEST_HEADING = 6
# Prose has lines of so many characters, each but the last at least this share of the longest.
PROSE_CHARACTERS, PROSE_SHARE = 40, 0.75


@dataclass(frozen=True, slots=True)
class ShownLine:
    """indent: spaces in front of a line of code."""

    line: Line
    indent: str = ""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """scope: a header's, as in HTML, otherwise "". numeric: in a column of numbers."""

    cell: Cell
    scope: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """number: on its page, from 1. name: as in ExportOptions.table."""

    number: int
    name: str
    direction: str
    head: list[list[ShownCell]]
    body: list[list[ShownCell]]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block; or, with items, the neighbouring blocks of a list."""

    block: Block
    items: tuple[Block, ...] = ()
    table: ShownTable | None = None

    @property
    def tag(self) -> str:
        if self.block.kind != "heading":
            return "p"
        return f"h{min((self.block.level or UNKNOWN_LEVEL) + 1, DEEPEST_HEADING)}"

    @property
    def direction(self) -> str:
        return "rtl" if self.block.lines and self.block.lines[0].direction == "rtl" else "ltr"

    @property
    def flows(self) -> bool:
        """Whether lines may be broken elsewhere, as in prose, unlike receipts and poems."""
        lengths = [len(line.text) for line in self.block.lines]
        least = max(PROSE_CHARACTERS, PROSE_SHARE * max(lengths, default=0))
        return len(lengths) > 1 and all(length >= least for length in lengths[:-1])

    @property
    def lines(self) -> list[ShownLine]:
        if self.block.kind != "code":
            return [ShownLine(line) for line in self.block.lines]
        indents = code_indents(self.block)
        pairs = zip(self.block.lines, indents, strict=True)
        return [ShownLine(line, " " * indent) for line, indent in pairs]


def shown_blocks(page: Page) -> Iterator[ShownBlock]:
    numbers = {id(block): n for n, block in table_blocks(page, ExportOptions()).items()}
    for is_list, group in groupby(page.blocks, key=lambda b: b.kind == "list" and b.level > 0):
        blocks = tuple(group)
        if is_list:
            yield ShownBlock(blocks[0], items=blocks)
            continue
        for block in blocks:
            number = numbers.get(id(block))
            yield ShownBlock(block, table=_table(block, page.number, number) if number else None)


def _table(block: Block, page: int, number: int) -> ShownTable:
    table = block_table(block, ExportOptions())
    heads, numeric = table.header_rows, numeric_columns(table)
    rows: list[list[ShownCell]] = [[] for _ in range(table.height)]
    for cell in complete_cells(block):
        scope = header_scope(cell, in_head=cell.row < heads)
        rows[cell.row].append(ShownCell(cell, scope, cell.column in numeric))
    return ShownTable(number, f"{page}.{number}", table.direction, rows[:heads], rows[heads:])
