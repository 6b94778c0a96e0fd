"""Pages as DocTags, docling's markup with the location of every part.

https://github.com/docling-project/docling/discussions/354
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from app.compat.shared.table_headers import TableHeaders
from app.ocr.layout.figures import Figure, caption_of, in_reading_order
from app.ocr.result import Bbox, Block, Cell, Page

from .document import LABELS, item_text

# Locations are on a grid of this many steps in each direction.
GRID = 500


def doctags(pages: Iterable[Page]) -> str:
    """The document; empty pages leave no trace, as in docling's own output."""
    body = "\n<page_break>\n".join(
        "\n".join(_page(page)) for page in pages if page.blocks or page.figures
    )
    return f"<doctag>{body}\n</doctag>"


def _page(page: Page) -> Iterator[str]:
    for is_list, items in groupby(in_reading_order(page, captions=False), _is_list_item):
        if is_list:
            yield _list([item for item in items if isinstance(item, Block)], page)
        else:
            yield from (_item(item, page) for item in items)


def _is_list_item(item: Block | Figure) -> bool:
    return isinstance(item, Block) and item.kind == "list"


def _item(item: Block | Figure, page: Page) -> str:
    if isinstance(item, Block):
        return _block(item, page)
    caption = caption_of(item, page)
    inside = _block(caption, page) if caption else ""
    return f"<picture>{_place(item.bbox, page)}{inside}</picture>"


def _block(block: Block, page: Page) -> str:
    place = _place(block.bbox, page)
    if block.kind == "table" and block.cells:
        return f"<otsl>{place}{_cells(block)}</otsl>"
    tag = LABELS.get(block.kind, "text")
    if block.kind == "heading":
        tag = f"section_header_level_{max(block.level, 1)}"
    language = "<_unknown_>" if block.kind == "code" else ""
    return f"<{tag}>{place}{language}{block.text}</{tag}>"


def _list(items: Sequence[Block], page: Page) -> str:
    tag = "ordered_list" if items[0].marker[:1].isdigit() else "unordered_list"
    lines = "".join(
        f"<list_item>{_place(item.bbox, page)}{item_text(item)}</list_item>\n" for item in items
    )
    return f"<{tag}>{lines}</{tag}>"


def _cells(block: Block) -> str:
    """OTSL (Lysak et al. 2023): a token for each place of the grid, <nl> after each row."""
    headers = TableHeaders(block)
    rows, columns = len(block.grid), len(block.grid[0])
    tokens = [["<ecel>"] * columns for _ in range(rows)]
    for cell in block.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                tokens[row][column] = _covered(cell)
        tokens[cell.row][cell.column] = _first(cell, headers)
    return "".join(f"{''.join(row)}<nl>" for row in tokens)


def _first(cell: Cell, headers: TableHeaders) -> str:
    if not cell.text:
        return "<ecel>"
    if headers.names_column(cell):
        return f"<ched>{cell.text}"
    return f"<rhed>{cell.text}" if headers.names_row(cell) else f"<fcel>{cell.text}"


def _covered(cell: Cell) -> str:
    """Token for the places that a cell's span covers: down, to the right, or both."""
    if cell.row_span > 1 and cell.column_span > 1:
        return "<xcel>"
    return "<ucel>" if cell.row_span > 1 else "<lcel>"


def _place(box: Bbox, page: Page) -> str:
    sizes = (page.width, page.height) * 2
    steps = (round(GRID * at / max(size, 1)) for at, size in zip(box, sizes, strict=True))
    return "".join(f"<loc_{min(max(step, 0), GRID - 1)}>" for step in steps)
