"""Sums below the closing rule of a table."""

from __future__ import annotations

from .drawing import PITCH, Sheet, grid_of

XS = [300, 1100, 1500, 1900]
HEAD = ["Description", "Hours", "Rate", "Amount"]
ROWS = [["Planning", "4", "60.00", "240.00"], ["Repair", "12", "55.00", "660.00"]]
TOTALS = [["", "", "Subtotal", "900.00"], ["", "", "VAT 20%", "180.00"]]
BELOW = 600 + 3 * PITCH + 20


def invoice(sheet: Sheet) -> Sheet:
    for number, texts in enumerate([HEAD, *ROWS]):
        sheet.row(600 + number * PITCH, texts, XS, "right")
    return sheet


def with_totals(sheet: Sheet, totals: list[list[str]]) -> Sheet:
    for number, (_, _, label, amount) in enumerate(totals):
        y = BELOW + number * PITCH
        sheet.text(1500, y, label, align="right").text(1900, y, amount, align="right")
    return sheet


def ruled() -> Sheet:
    sheet = invoice(Sheet())
    for y in (590, 650, 600 + 3 * PITCH):
        sheet.across(y, 300, 1900)
    return sheet


def grid() -> Sheet:
    return invoice(Sheet()).grid([290, 900, 1150, 1550, 1910], [590, 650, 710, 775])


def test_totals_belong_to_a_table_between_rules() -> None:
    assert grid_of(with_totals(ruled(), TOTALS).table()) == [HEAD, *ROWS, *TOTALS]


def test_totals_belong_to_a_table_of_drawn_cells() -> None:
    assert grid_of(with_totals(grid(), TOTALS).table()) == [HEAD, *ROWS, *TOTALS]


def test_text_below_is_no_total() -> None:
    for made in (ruled(), grid()):
        table = made.text(300, BELOW, "Payment within 30 days").table()
        assert grid_of(table) == [HEAD, *ROWS]


def test_many_rows_below_are_another_table() -> None:
    others = [["", "", f"Item {chr(97 + number)}", f"{number}.00"] for number in range(8)]
    first = with_totals(ruled(), others).tables()[0]
    assert grid_of(first) == [HEAD, *ROWS]


def test_labels_that_reach_into_the_column_of_the_amounts() -> None:
    sheet = grid()
    for number, (_, _, label, amount) in enumerate(TOTALS):
        y = BELOW + number * PITCH
        sheet.text(1620, y, label, align="right").text(1900, y, amount, align="right")
    assert grid_of(sheet.table()) == [HEAD, *ROWS, *TOTALS]
