"""Tables as exports write them: cells that cover every place of a grid exactly once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product, takewhile

from app.exports.base import ExportOptions
from app.ocr.result import Bbox, Block, Cell, mean_confidence
from app.ocr.text import one_line

from .numbers import is_number
from .paragraphs import join_lines, joined_lines

Place = tuple[int, int]
DASHES = frozenset("-–—")


@dataclass(frozen=True, slots=True)
class TableCell:
    """row, column: from 0, starting at the side where reading starts. lines: none is empty.

    bbox, confidence: None if the cell has none or the table was stored without cells.
    """

    row: int
    column: int
    lines: tuple[str, ...] = ()
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    bbox: Bbox | None = None
    confidence: float | None = None

    @property
    def text(self) -> str:
        """The text on one line, as data."""
        return join_lines(list(self.lines)) if self.lines else ""


@dataclass(frozen=True, slots=True)
class Table:
    """cells: by row and column, including empty ones. headed: its header cells are known.

    Headers are unknown in tables of version 1 of the result tree and in rows found by position.
    """

    cells: tuple[TableCell, ...]
    direction: str = "ltr"
    continues: bool = False
    headed: bool = True

    @classmethod
    def of_texts(cls, rows: Sequence[Sequence[str]], direction: str) -> Table:
        cells = (
            TableCell(row, column, (text,) if text else ())
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        )
        return cls(tuple(cells), direction, headed=False)

    @property
    def height(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    @property
    def rows(self) -> list[list[TableCell]]:
        """The cells that begin in each row."""
        rows: list[list[TableCell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return rows

    @property
    def texts(self) -> list[list[str]]:
        """Texts of every place of the grid; "" where a cell that begins elsewhere extends."""
        texts = [[""] * self.width for _ in range(self.height)]
        for cell in self.cells:
            texts[cell.row][cell.column] = cell.text
        return texts

    @property
    def has_spans(self) -> bool:
        return any(cell.row_span > 1 or cell.column_span > 1 for cell in self.cells)

    @property
    def header_rows(self) -> int:
        """Rows at the top whose cells with text are all headers."""
        covering: list[list[TableCell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                covering[row].append(cell)
        return sum(1 for _ in takewhile(_is_header_row, covering))


def block_table(block: Block, options: ExportOptions) -> Table:
    cells = tuple(_table_cell(cell, options) for cell in complete_cells(block))
    return Table(cells, _direction(block), block.continues)


def complete_cells(block: Block) -> list[Cell]:
    """The cells of a table and empty ones, so that every place is covered once.

    A span that would overlap another cell is cut; no text is lost. Added cells have no area.
    """
    cells: list[Cell] = []
    taken: dict[Place, int] = {}
    for cell in block.cells:
        if (index := taken.get((cell.row, cell.column))) is not None:
            cells[index] = replace(cells[index], lines=(*cells[index].lines, *cell.lines))
            continue
        rows, columns = _free_span(cell, taken)
        taken.update(dict.fromkeys(_places(cell.row, cell.column, rows, columns), len(cells)))
        cells.append(replace(cell, row_span=rows, column_span=columns))
    height = max((row for row, _ in taken), default=-1) + 1
    width = max((column for _, column in taken), default=-1) + 1
    holes = (place for place in _places(0, 0, height, width) if place not in taken)
    cells.extend(Cell(row, column, (), Bbox(0, 0, 0, 0)) for row, column in holes)
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def header_scope(cell: Cell | TableCell, *, in_head: bool) -> str:
    """Value of `scope` in HTML; "" for cells that are not headers."""
    if not (cell.header and cell.lines):
        return ""
    if in_head:
        return "colgroup" if cell.column_span > 1 else "col"
    return "rowgroup" if cell.row_span > 1 else "row"


def numeric_columns(table: Table) -> set[int]:
    """Columns whose texts are all numbers, apart from headers and cells over several columns.

    A dash means that there is no number, and does not count.
    """
    texts: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.lines and not cell.header and cell.column_span == 1:
            texts.setdefault(cell.column, []).append(cell.text)
    return {column for column, found in texts.items() if _are_numbers(found)}


def joined(above: Table, below: Table) -> Table:
    """Joins two parts of equal width into one table, without repeated header rows."""
    texts, heads = below.texts, below.header_rows
    repeated = heads if heads and texts[:heads] == above.texts[:heads] else 0
    down = above.height - repeated
    moved = (replace(cell, row=cell.row + down) for cell in below.cells if cell.row >= repeated)
    return replace(above, cells=(*above.cells, *moved))


def _are_numbers(texts: Sequence[str]) -> bool:
    given = [text for text in texts if text not in DASHES]
    return bool(given) and all(map(is_number, given))


def _is_header_row(cells: Sequence[TableCell]) -> bool:
    filled = [cell for cell in cells if cell.lines]
    return bool(filled) and all(cell.header for cell in filled)


def _table_cell(cell: Cell, options: ExportOptions) -> TableCell:
    words = [word for line in cell.lines for word in line.words]
    return TableCell(
        cell.row,
        cell.column,
        _lines(cell, options),
        cell.row_span,
        cell.column_span,
        cell.header,
        cell.bbox if cell.bbox.width else None,
        mean_confidence(words) if words else None,
    )


def _lines(cell: Cell, options: ExportOptions) -> tuple[str, ...]:
    lines = [text for text in (one_line(line.text) for line in cell.lines) if text]
    return tuple(joined_lines(lines, options))


def _places(row: int, column: int, rows: int, columns: int) -> Iterator[Place]:
    yield from product(range(row, row + rows), range(column, column + columns))


def _free_span(cell: Cell, taken: dict[Place, int]) -> tuple[int, int]:
    """Rows and columns that the cell can cover, extended sideways first, then downwards."""

    def is_free(row: int, columns: int) -> bool:
        return all((row, cell.column + n) not in taken for n in range(columns))

    columns = 1
    while columns < cell.column_span and is_free(cell.row, columns + 1):
        columns += 1
    rows = 1
    while rows < cell.row_span and is_free(cell.row + rows, columns):
        rows += 1
    return rows, columns


def _direction(block: Block) -> str:
    backwards = sum(line.direction == "rtl" for line in block.lines)
    return "rtl" if backwards * 2 > len(block.lines) else "ltr"
