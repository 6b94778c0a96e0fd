"""One sheet of a workbook: merged cells, header style, numbers and column widths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.exports.content.numbers import Number, column_numbers, decimal_mark, language_mark
from app.exports.content.tables import Place, Table, TableCell
from app.ocr.layout.cells import display_width

# Excel's own limits.
LONGEST_TEXT, MOST_ROWS, MOST_COLUMNS = 32_767, 1_048_576, 16_384
# Limits of column widths, in characters.
NARROWEST, WIDEST = 8, 60


class Formats:
    """The workbook's formats, each created once: Excel allows 64,000."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"valign": "top", **properties})
        return self._made[key]


def write_table(workbook: Workbook, sheet: Worksheet, table: Table, language: str | None) -> None:
    """Writes a table. language: of the page, as BCP 47; it decides on ambiguous numbers."""
    formats = Formats(workbook)
    numbers = table_numbers(table, language)
    heads = table.header_rows
    if table.direction == "rtl":
        sheet.right_to_left()
    for cell in _fitting(table.cells):
        number = numbers.get((cell.row, cell.column))
        _write_cell(sheet, cell, number, _format(cell, number, heads, formats))
    for column in range(min(table.width, MOST_COLUMNS)):
        sheet.set_column(column, column, _column_width(table.cells, column))
    if 0 < heads < table.height:
        sheet.freeze_panes(heads, 0)


def write_rows(workbook: Workbook, sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    """Writes all texts as text, without looking for numbers."""
    table = Table.of_texts([list(row) for row in rows], "ltr")
    style = Formats(workbook).get(num_format="@")
    for cell in _fitting(table.cells):
        _write_cell(sheet, cell, None, style)
    sheet.set_column(0, 0, _column_width(table.cells, 0))


def table_numbers(table: Table, language: str | None) -> dict[Place, Number]:
    """Numbers in cells that are not headers, by place."""
    body = [cell for cell in table.cells if cell.lines and not cell.header]
    mark = decimal_mark(cell.text for cell in body) or language_mark(language)
    found: dict[Place, Number] = {}
    for column in range(table.width):
        cells = [cell for cell in body if cell.column == column]
        numbers = column_numbers([cell.text for cell in cells], mark)
        pairs = zip(cells, numbers, strict=True)
        found.update({(cell.row, cell.column): number for cell, number in pairs if number})
    return found


def _fitting(cells: Iterable[TableCell]) -> Iterator[TableCell]:
    for cell in cells:
        if cell.row + cell.row_span <= MOST_ROWS and cell.column + cell.column_span <= MOST_COLUMNS:
            yield cell


def _format(cell: TableCell, number: Number | None, heads: int, formats: Formats) -> Format:
    """heads: number of header rows at the top, which get a border below."""
    if number:
        return formats.get(num_format=number.format)
    style: dict[str, object] = {"bold": True} if cell.header else {}
    if cell.row < heads:
        style |= {"bottom": 1} | ({"align": "center"} if cell.column_span > 1 else {})
    # "@" keeps the cell a text when a person edits it.
    return formats.get(num_format="@", text_wrap=True, **style)


def _write_cell(sheet: Worksheet, cell: TableCell, number: Number | None, style: Format) -> None:
    row, column = cell.row, cell.column
    if cell.row_span > 1 or cell.column_span > 1:
        last_row, last_column = row + cell.row_span - 1, column + cell.column_span - 1
        sheet.merge_range(row, column, last_row, last_column, "", style)
    if number:
        sheet.write_number(row, column, number.value, style)
    elif cell.lines:
        sheet.write_string(row, column, cell.text[:LONGEST_TEXT], style)


def _column_width(cells: Sequence[TableCell], column: int) -> int:
    own = (cell for cell in cells if cell.column == column and cell.column_span == 1)
    widest = max((display_width(cell.text) for cell in own if cell.lines), default=0)
    return max(NARROWEST, min(widest + 2, WIDEST))
