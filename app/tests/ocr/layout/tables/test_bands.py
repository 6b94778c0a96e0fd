"""Tables separated by colours, and heads outside the rules."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.ocr.layout.tables import find_tables

from .drawing import HEIGHT, PITCH, Sheet, grid_of

XS = [200, 800, 1200, 1600]
HEAD = ["Capital", "People", "Year"]
ROWS = [["Kabul", "4,601", "2021"], ["Tirana", "557", "2011"], ["Luanda", "2,571", "2020"]]


def ruled(top: int, texts: list[list[str]]) -> Sheet:
    sheet = Sheet().grid(XS, range(top, top + 80 * len(texts) + 1, 80))
    for number, row in enumerate(texts):
        sheet.row(top + 20 + 80 * number, row, [x + 20 for x in XS[:3]])
    return sheet


@pytest.mark.parametrize("lines", [1, 2])
def test_heads_above_the_rules_are_the_first_row(lines: int) -> None:
    sheet = ruled(600, ROWS)
    xs = [x + 20 for x in XS[:3]]
    sheet.row(600 - 55 * lines, HEAD, xs, bold=True)
    if lines > 1:
        sheet.row(600 - 55, ["city", "thousands", "of census"], xs, bold=True)
    table = sheet.table()
    assert [row[0].split()[0] for row in grid_of(table)][-4:] == [
        "Capital",
        "Kabul",
        "Tirana",
        "Luanda",
    ]
    headers = " ".join(cell.text.replace("\n", " ") for cell in table.cells if cell.header)
    assert all(head in headers for head in HEAD)


def test_text_above_the_rules_is_no_head() -> None:
    sheet = ruled(600, ROWS).text(220, 545, "Cities in thousands of people")
    assert grid_of(sheet.table()) == ROWS
    sheet = ruled(600, [HEAD, *ROWS]).row(545, ["Part one", "Draft", "May"], XS[:3])
    assert grid_of(sheet.table())[0] == HEAD


def test_a_heading_that_only_its_colour_parts_from_the_first_row() -> None:
    """No rule is drawn between them, since the colour ends there."""
    sheet = Sheet()
    for number, row in enumerate([HEAD, *ROWS]):
        sheet.row(620 + 80 * number, row, [x + 20 for x in XS[:3]])
    for y in (600, 760, 840, 920):
        sheet.across(y, XS[0], XS[-1])
    for x in XS:
        sheet.down(x, 600, 920)
    for left, right in pairwise(XS):
        sheet.fill(left, 600, right, 680, gray=40)
    assert grid_of(sheet.table()) == [HEAD, *ROWS]


def test_bands_drawn_cell_by_cell_are_no_bars_of_a_chart() -> None:
    xs = [220, 1000, 1300, 1600, 1900, 2200]
    rows = [
        ["Targets", "Share", "Least", "Most", "Found", "Result"],
        ["Money", "90%", "", "", "", ""],
        ["Earnings", "60%", "6.61", "7.53", "7.08", "24%"],
        ["Growth", "10%", "4.1", "5.2", "4.9", "3%"],
        ["People", "10%", "", "", "", ""],
        ["Staff", "10%", "78", "82", "72", "0%"],
    ]
    sheet = Sheet()
    for number, row in enumerate(rows):
        top = 600 + 80 * number
        sheet.row(top + 20, row, xs).across(top, 200, 2350)
        if number in (1, 4):
            for left, right in pairwise([200, *(x - 20 for x in xs[1:]), 2350]):
                sheet.fill(left, top, right, top + 80, gray=245)
    sheet.across(600 + 80 * len(rows), 200, 2350)
    assert grid_of(sheet.table()) == rows


def test_marked_words_in_lines_of_text_are_no_cells() -> None:
    sheet = Sheet()
    for number in range(5):
        top = 600 + 55 * number
        words = ["Pixmap", "stride", "is", "how", "long", "lines", "are", "here"]
        left = 300.0
        for at, word in enumerate(words):
            width = 20 * len(word)
            if at in (0, 3 + number % 3):
                sheet.fill(left - 5, top - 4, left + width + 5, top + HEIGHT + 4)
            left += width + 11
        sheet.text(300, top, " ".join(words))
    assert not find_tables(sheet.elements())


def test_caption_parts_tables_between_rules_of_one_length() -> None:
    sheet = Sheet()
    for top in (400, 760):
        for y in (top, top + 70, top + 260):
            sheet.across(y, 200, 1700)
        sheet.row(top + 15, HEAD[:2], (220, 1000))
        for number, row in enumerate(ROWS):
            sheet.row(top + 80 + 60 * number, row[:2], (220, 1000))
        sheet.text(700, top + 285, "Table 4: Capitals")
    assert [len(table.cells) for table in sheet.tables()] == [8, 8]


def test_white_around_a_title_parts_two_tables_with_rules_between_their_rows() -> None:
    sheet = Sheet()
    first = [["Pin", "Name", "Use"], ["1", "VDD", "Supply"], ["2", "GND", "Ground"]]
    second = [["Value", "Least", "Most"], ["Voltage", "2.7", "5.5"], ["Current", "0.8", "1.2"]]
    for top, rows in ((600, first), (980, second)):
        for number, texts in enumerate(rows):
            sheet.row(top + number * PITCH, texts, [300, 900, 1500])
            sheet.across(top + number * PITCH - 10, 300, 1900)
        sheet.across(top + 3 * PITCH - 10, 300, 1900)
    sheet.text(300, 850, "Electrical values", bold=True)
    assert [grid_of(table) for table in sheet.tables()] == [first, second]


def test_the_first_amount_between_rules_is_no_heading() -> None:
    sheet = Sheet()
    rows = [["Opening balance", "1,204.55"], ["Money in", "790.12"], ["Money out", "873.78"]]
    for number, (label, amount) in enumerate(rows):
        sheet.text(300, 600 + number * PITCH, label)
        sheet.text(1200, 600 + number * PITCH, amount, align="right")
        sheet.across(650 + number * PITCH, 300, 1200)
    sheet.across(590, 300, 1200)
    table = sheet.table()
    assert grid_of(table) == rows
    assert not any(cell.header for cell in table.cells)
