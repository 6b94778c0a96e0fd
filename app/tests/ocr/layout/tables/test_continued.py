"""Tables over several pages."""

from __future__ import annotations

from app.ocr.continued_tables import mark_continued
from app.ocr.layout.tables import find_tables
from app.ocr.result import Bbox, Block, Line, Page, Word

from .drawing import Sheet

XS = [300, 1000, 1500]


def table(top: int, rows: int, *, head: bool, shift: int = 0) -> Block:
    sheet = Sheet()
    xs = [x + shift for x in XS]
    texts = [["Town", "People", "Share"]] if head else []
    texts += [[f"Town {number}", f"{number}41", f"{number}.5"] for number in range(rows)]
    for number, row in enumerate(texts):
        sheet.row(top + 60 * number, row, xs, "right")
    (found,) = find_tables(sheet.elements())
    return Block.table(found.cells)


def line(text: str, top: int, kind: str) -> Block:
    return Block((Line((Word(text, Bbox(300, top, 900, top + 40), 1.0),)),), kind)


def page(number: int, *blocks: Block) -> Page:
    return Page(number, 2480, 3508, blocks)


def continues(*pages: Page) -> list[list[bool]]:
    return [[block.continues for block in each.blocks] for each in mark_continued(pages)]


def test_the_same_columns_go_on_with_and_without_their_heading() -> None:
    first = page(1, line("Report", 100, "header"), table(2900, 8, head=True))
    second = page(2, line("Report", 100, "header"), table(300, 50, head=True))
    third = page(3, table(300, 5, head=False), line("17", 3400, "page_number"))
    assert continues(first, second, third) == [[False, False], [False, True], [True, False]]


def test_text_between_them_parts_tables() -> None:
    before = page(1, table(2900, 8, head=True))
    after = page(2, line("The towns of the north", 200, "text"), table(300, 8, head=True))
    assert continues(before, after) == [[False], [False, False]]


def test_other_columns_or_another_heading_are_another_table() -> None:
    first = page(1, table(2900, 8, head=True))
    assert continues(first, page(2, table(300, 8, head=True, shift=200))) == [[False], [False]]
    other = table(300, 8, head=True)
    cells = tuple(
        type(cell)(cell.row, cell.column, cell.lines[::-1] or cell.lines, cell.bbox, header=True)
        if cell.row == 0 and cell.column == 0
        else cell
        for cell in other.cells
    )
    renamed = Block.table(cells[1:])
    assert continues(first, page(2, renamed)) == [[False], [False]]


def test_pages_without_tables() -> None:
    assert continues(page(1), page(2, line("Text", 300, "text"))) == [[], [False]]
    assert mark_continued([]) == []
