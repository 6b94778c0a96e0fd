"""Lines of a document's text, each one recognized line or the cells of one table row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.ocr.result import Bbox, Block, Cell, Line, Word
from app.ocr.scripts import is_right_to_left

Spread = Callable[[Sequence[Line], Sequence[str]], list[Line]]
NO_LINE = Line(())


@dataclass(frozen=True, slots=True)
class TextRow:
    """text: as in Block.text, white space aside. cells: of a table's row, else none.

    lines: of all cells; an empty cell has one line without words, which a correction may fill.
    """

    text: str
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...] = ()

    def corrected(self, text: str, spread: Spread) -> list[Line]:
        """Lines with the corrected text, as many as before. spread: puts text onto given lines.

        Text between tabs stays in its cell, as long as the tabs fit the row's cells.
        """
        texts = self._cell_texts(text.split("\t"))
        if texts is None:
            return spread(self.lines, [text])
        pairs = zip(self.cells, texts, strict=True)
        return [line for cell, part in pairs for line in _corrected_cell(cell, part, spread)]

    def _cell_texts(self, parts: Sequence[str]) -> list[str] | None:
        """The text of each cell; None if some text falls into a column that has no cell."""
        columns = {cell.column for cell in self.cells}
        if any(part.strip() and column not in columns for column, part in enumerate(parts)):
            return None
        padded = [*parts, *[""] * (max(columns, default=0) + 1)]
        return [padded[cell.column] for cell in self.cells]


def text_rows(block: Block) -> Iterator[TextRow]:
    if not block.cells:
        yield from (TextRow(without_breaks(line.text), (line,)) for line in block.lines)
        return
    for _, group in groupby(block.cells, key=lambda cell: cell.row):
        cells = tuple(group)
        text = " ".join(line.text for cell in cells for line in cell.lines)
        lines = tuple(line for cell in cells for line in cell_lines(cell))
        yield TextRow(without_breaks(text), lines, cells)


def with_lines(block: Block, lines: Iterable[Line]) -> Block:
    """The block with the lines of its text rows changed; lines without words are left out."""
    changed = iter(lines)
    if not block.cells:
        return replace(block, lines=tuple(line for line in changed if line.words))
    cells = []
    for cell in block.cells:
        own = [next(changed) for _ in cell_lines(cell)]
        cells.append(replace(cell, lines=tuple(line for line in own if line.words)))
    return Block.table(cells, continues=block.continues)


def cell_lines(cell: Cell) -> tuple[Line, ...]:
    return cell.lines or (NO_LINE,)


def cell_with_text(cell: Cell, text: str) -> Cell:
    """The cell with a new text as one word over its area; an empty cell for empty text."""
    text = without_breaks(text)
    return replace(cell, lines=(_new_line(text, cell.bbox),) if text else ())


def without_breaks(text: str) -> str:
    """The text with each run of white space as one space."""
    return " ".join(text.split())


def _corrected_cell(cell: Cell, text: str, spread: Spread) -> list[Line]:
    text = without_breaks(text)
    if text == without_breaks(" ".join(line.text for line in cell.lines)):
        return list(cell_lines(cell))
    if not text:
        return [NO_LINE for _ in cell_lines(cell)]
    if not cell.lines:
        return [_new_line(text, cell.bbox)]
    return spread(cell.lines, [text])


def _new_line(text: str, bbox: Bbox) -> Line:
    direction = "rtl" if is_right_to_left(text) else "ltr"
    return Line((Word(text, bbox, 1.0),), direction)
