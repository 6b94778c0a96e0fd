"""Contents pages, indexes and program code, whose columns are not those of a table."""

from __future__ import annotations

import pytest

from .drawing import Sheet

WORDS = ("anchor", "border", "column", "dash", "edge", "field", "gap", "heading", "index", "join")


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_index_with_dots_and_lists_of_pages(columns: int) -> None:
    sheet = Sheet()
    for number, word in enumerate(WORDS):
        for column in range(columns):
            left = 200 + 700 * column
            pages = f"{9 + 7 * number % 50}, {60 + number}" if number % 3 else f"{number * 31 % 90}"
            dots = "." * (25 - len(word) - len(pages))
            sheet.text(left, 400 + 50 * number, f"{word} {dots}", space=20)
            sheet.text(left + 600, 400 + 50 * number, pages, align="right")
    assert not sheet.tables()


def test_contents_with_sections_in_a_column() -> None:
    sheet = Sheet().text(300, 300, "Contents", bold=True)
    page = 1
    for number, word in enumerate(WORDS):
        page += number % 3
        y = 400 + 70 * number
        chapter = number % 3 == 0
        sheet.text(300 if chapter else 360, y, str(number // 3 + 1) + (".1" * (not chapter)))
        sheet.text(360 if chapter else 440, y, f"The {word} of a page", bold=chapter)
        if not chapter:
            sheet.text(1000, y, ". " * 25 + ".")
        sheet.text(2000, y, str(page), align="right", bold=chapter)
    assert not sheet.tables()


def test_source_with_columns_of_signs() -> None:
    sheet = Sheet().grid((280, 2000), (370, 1000))
    for number, word in enumerate(WORDS):
        sheet.row(400 + 55 * number, (word, "& 3.5", "& 7.25", "\\\\"), (300, 800, 1200, 1600))
    assert not sheet.tables()


def test_amounts_after_dots_are_cells() -> None:
    sheet = Sheet().row(400, ("Town", "Area", "People"), (300, 1200, 1600))
    for number, word in enumerate(WORDS):
        y = 460 + 60 * number
        sheet.text(300, y, f"{word} " + "." * (36 - len(word)))
        sheet.text(1300, y, f"{number + 11}", align="right")
        sheet.text(1760, y, f"{3 * number + 104}", align="right")
    (table,) = sheet.tables()
    assert len(table.cells) == 33
