"""Tables as Textract has them: one cell for every row and column, even under a span."""

from __future__ import annotations

from collections.abc import Iterator

from app.compat.shared.table_headers import TableHeaders
from app.ocr.result import Bbox, Block, Cell, mean_confidence

Place = tuple[int, int]


class TableGrid:
    """Places are rows and columns from 0."""

    def __init__(self, block: Block) -> None:
        self.area = block.bbox
        self.headers = TableHeaders(block)
        self.cells = {(cell.row, cell.column): cell for cell in block.cells}
        self.height = max(cell.row + cell.row_span for cell in block.cells)
        self.width = max(cell.column + cell.column_span for cell in block.cells)
        self.covers = {at: cell for cell in block.cells for at in self.covered(cell)}
        self.rows = self._bands("row", self.height)
        self.columns = self._bands("column", self.width)

    @property
    def places(self) -> Iterator[Place]:
        return ((row, column) for row in range(self.height) for column in range(self.width))

    @property
    def merged(self) -> list[Cell]:
        cells = self.cells.values()
        return [cell for cell in cells if cell.row_span > 1 or cell.column_span > 1]

    @property
    def column_headers(self) -> set[Place]:
        return {at for at, cell in self.covers.items() if self.headers.names_column(cell)}

    @staticmethod
    def covered(cell: Cell) -> list[Place]:
        rows = range(cell.row, cell.row + cell.row_span)
        columns = range(cell.column, cell.column + cell.column_span)
        return [(row, column) for row in rows for column in columns]

    def box(self, at: Place) -> Bbox:
        """The cell's own box if it has no spans, else the intersection of its row and column."""
        cell = self.cells.get(at)
        if cell and cell.row_span == cell.column_span == 1:
            return cell.bbox
        (top, bottom), (left, right) = self.rows[at[0]], self.columns[at[1]]
        return Bbox(left, top, right, bottom)

    def confidence(self, at: Place) -> float:
        """Mean of the cell's words, or of the whole table's if the cell has none."""
        cell = self.cells.get(at)
        words = [word for line in cell.lines for word in line.words] if cell else []
        everything = (
            word for other in self.cells.values() for line in other.lines for word in line.words
        )
        return mean_confidence(words or everything)

    def _bands(self, axis: str, count: int) -> list[tuple[int, int]]:
        """Both edges of every row or column: from its cells without spans, else equal parts."""
        low, high = (1, 3) if axis == "row" else (0, 2)
        start, end = self.area[low], self.area[high]
        bands = []
        for at in range(count):
            boxes = [
                cell.bbox
                for cell in self.cells.values()
                if getattr(cell, axis) == at and getattr(cell, f"{axis}_span") == 1
            ]
            if boxes:
                bands.append((min(box[low] for box in boxes), max(box[high] for box in boxes)))
            else:
                size = (end - start) / count
                bands.append((round(start + size * at), round(start + size * (at + 1))))
        return bands
