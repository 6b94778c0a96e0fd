"""Diagrams, charts and sheet music, whose words are in rows and columns but not in cells."""

from __future__ import annotations

import pytest

from .drawing import HEIGHT, Sheet

NAMES = ("Orders", "Store", "Billing", "Dispatch", "Returns", "Archive", "Audit", "Board", "Press")


@pytest.mark.parametrize("count", [4, 8])
def test_flow_diagram(count: int) -> None:
    sheet = Sheet()
    for number, name in enumerate(NAMES[:count]):
        row, column = divmod(number, 2)
        left, top = 300 + 500 * column, 400 + 280 * row
        sheet.grid((left, left + 380), (top, top + 165))
        sheet.text(left + 190, top + 60, name, align="center")
        if column:
            sheet.across(top + 80, left - 120, left)
        if row and column:
            sheet.down(left + 190, top - 115, top)
    assert not sheet.tables()


def test_organisation_chart_in_a_frame() -> None:
    sheet = Sheet().grid((200, 2300), (300, 1200))
    for level, count in enumerate((1, 3, 5)):
        for column in range(count):
            middle, top = 200 + 2100 * (column + 0.5) / count, 350 + 280 * level
            sheet.grid((middle - 190, middle + 190), (top, top + 150))
            sheet.text(middle, top + 50, NAMES[column], align="center")
            if level:
                sheet.down(middle, top - 60, top)
        if level:
            sheet.across(350 + 280 * level - 60, 200 + 1050 / count, 2300 - 1050 / count)
    assert not sheet.tables()


def test_table_in_a_frame_beside_framed_notes() -> None:
    sheet = Sheet().grid((200, 1500), (300, 800))
    for row in range(6):
        texts = ("Town", "1950", "1951") if row == 0 else (NAMES[row], f"{row}7.5", f"{row}8.1")
        sheet.row(330 + 70 * row, texts, (240, 900, 1300))
    for number in range(3):
        sheet.grid((1600, 2200), (300 + 180 * number, 440 + 180 * number))
        sheet.text(1640, 340 + 180 * number, "see the notes")
    (table,) = sheet.tables()
    assert len(table.cells) == 18


def test_wide_bars_with_grid_lines() -> None:
    sheet = Sheet()
    for number in range(6):
        sheet.across(500 + 100 * number, 400, 2200)
        sheet.text(380, 480 + 100 * number, str(100 - 20 * number), align="right")
    for number, height in enumerate((330, 350, 340, 375)):
        left = 440 + 450 * number
        sheet.fill(left, 1000 - height, left + 250, 1000, gray=90)
        sheet.text(left + 125, 940 - height, f"{height / 5}", align="center")
        sheet.text(left + 125, 1020, NAMES[number], align="center")
    assert not sheet.tables()


def test_song_with_staves() -> None:
    sheet = Sheet()
    for system in range(3):
        top = 400 + 300 * system
        for line in range(5):
            sheet.across(top + 0.6 * HEIGHT * line, 200, 2300)
        for syllable in range(16):
            sheet.text(240 + 130 * syllable, top - 100, "la")
        sheet.row(top - 10, ("●",) * 3, (240, 760, 1540))
    assert not sheet.tables()


def test_matrix_of_numbers() -> None:
    sheet = Sheet()
    for row in range(3):
        sheet.row(400 + 60 * row, (f"{row + 2}", f"{7 - row}", f"{3 * row}"), (500, 620, 740))
    assert not sheet.tables()
