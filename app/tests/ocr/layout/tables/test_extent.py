"""Where a table begins and ends: titles above it, rows without a rule below them, sections."""

from __future__ import annotations

from .drawing import Sheet, grid_of

XS = [300, 1000, 1400, 1800]
HEAD = ["Country", "Area", "People", "Seat"]
ROWS = [
    ["Austria", "83,879", "8.9", "Vienna"],
    ["Belgium", "30,689", "11.5", "Brussels"],
    ["Czech Republic", "78,866", "10.7", "Prague"],
    ["Denmark", "43,094", "5.8", "Copenhagen"],
    ["Finland", "338,455", "5.5", "Helsinki"],
]


def banded(rows: list[list[str]], top: int = 600) -> Sheet:
    """Heads over a rule, and a colour behind every other row, the first one included."""
    sheet = Sheet().row(top - 60, HEAD, XS, "right", bold=True).across(top, 280, 1820)
    for number, texts in enumerate(rows):
        y = top + 70 * number
        sheet.row(y + 15, texts, XS, "right")
        if number % 2 == 0:
            sheet.fill(280, y, 1820, y + 70, gray=245)
    return sheet


def test_the_last_row_has_no_colour() -> None:
    assert grid_of(banded(ROWS[:4]).table()) == [HEAD, *ROWS[:4]]


def test_the_lines_of_the_last_row_stay_together() -> None:
    sheet = banded([*ROWS[:3], ["Republic", "43,094", "5.8", "Copenhagen"]])
    sheet.text(300, 600 + 3 * 70 + 60, "of Denmark").text(300, 1000, "Paid within two weeks")
    assert grid_of(sheet.table())[-1] == ["Republic of Denmark", *ROWS[3][1:]]


def test_text_below_the_last_colour_is_no_row() -> None:
    sheet = banded(ROWS).text(330, 975, "Two texts").text(1500, 975, "at other places")
    assert grid_of(sheet.table()) == [HEAD, *ROWS]


def test_a_large_title_between_the_running_head_s_line_and_the_column_heads() -> None:
    sheet = banded(ROWS, 760).text(300, 420, "Halyard Limited").across(470, 270, 1830)
    sheet.text(600, 520, "Order confirmation", scale=2, bold=True)
    sheet.text(300, 640, "Customer: Vela Supplies")
    assert grid_of(sheet.table()) == [HEAD, *ROWS]


def test_titles_with_gaps_above_many_columns() -> None:
    heads = ["", "A", "B", "C", "D", "E", "F"]
    xs = [300, 800, 1000, 1200, 1400, 1600, 1800]
    rows = [[f"Town {n}", *(f"0{n}{m}5" for m in range(6))] for n in range(4)]
    sheet = Sheet().row(660, heads, xs, "right", bold=True)
    for number, texts in enumerate(rows):
        sheet.row(720 + 70 * number, texts, xs, "right")
        sheet.fill(280, 705 + 70 * number, 1820, 775 + 70 * number, gray=200 + 20 * (number % 2))
    sheet.text(300, 600, "Mondays to Fridays").text(760, 600, "from May")
    assert grid_of(sheet.table()) == [heads, *rows]


def test_sections_of_a_price_list_in_coloured_bands() -> None:
    sheet = Sheet()
    expected = []
    y = 600
    for title in ("Women", "Men", "Children"):
        sheet.text(300, y, title, bold=True).fill(280, y - 15, 1300, y + 55, gray=60)
        expected.append([title, ""])
        for number in range(6):
            y += 70
            sheet.text(300, y, f"Cut {number}").text(1280, y, f"{number + 3}2.50", align="right")
            expected.append([f"Cut {number}", f"{number + 3}2.50"])
        y += 100
    assert grid_of(sheet.table()) == expected


def test_long_section_labels_below_ruled_heads() -> None:
    """Only the heads and the sums have rules, as in statements of cash flows."""
    sheet = Sheet().text(1400, 540, "2024", align="right").text(1700, 540, "2023", align="right")
    sheet.across(600, 280, 1720)
    lines = [
        ["Cash flows from the operating activities", "", ""],
        ["Profit before tax", "412.7", "388.1"],
        ["Depreciation", "96.4", "91.0"],
        ["Cash from operations", "509.1", "479.1"],
        ["Cash flows from the investing activities", "", ""],
        ["Purchase of plant", "(120.6)", "(99.3)"],
        ["Sale of assets", "20.0", "42.0"],
    ]
    for number, texts in enumerate(lines):
        sheet.row(620 + 60 * number, texts, [300, 1400, 1700], "right")
    sheet.across(620 + 60 * 3 - 10, 280, 1720)
    assert [row[0] for row in grid_of(sheet.table())[1:]] == [texts[0] for texts in lines]


def test_boxes_side_by_side_are_no_table() -> None:
    """Their upper sides are no rules over the columns of one table."""
    sheet = Sheet().fill(280, 580, 1100, 820, gray=235).fill(1150, 580, 1960, 820, gray=235)
    sheet.row(600, ["Amount due", "Account 7741 9920"], [300, 1170], bold=True)
    sheet.row(665, ["£ 148.36", "Mr P. Okafor"], [300, 1170])
    sheet.row(730, ["by direct debit", "22 Wharf Lane"], [300, 1170])
    assert sheet.tables() == ()


def test_a_letterhead_close_above_bold_heads() -> None:
    sheet = (
        Sheet().text(300, 360, "Meadow Bank", scale=1.2).text(1820, 360, "Page 1", align="right")
    )
    sheet.text(300, 430, "Ms L. Farrow").text(1820, 430, "Sort code 20-11", align="right")
    sheet.text(300, 530, "Your account in March", bold=True)
    sheet.row(600, HEAD, XS, "right", bold=True)
    for number, texts in enumerate(ROWS):
        sheet.row(660 + 60 * number, texts, XS, "right")
    assert grid_of(sheet.table()) == [HEAD, *ROWS]


def test_a_note_and_a_numbered_heading_below_the_last_row() -> None:
    sheet = Sheet()
    for number, texts in enumerate([HEAD, *ROWS]):
        sheet.row(600 + 60 * number, texts, XS, "right", bold=not number)
    sheet.text(300, 970, "Without the islands that were sold to another state in May")
    sheet.text(300, 1050, "5", bold=True).text(400, 1050, "Employees", bold=True)
    assert grid_of(sheet.table()) == [HEAD, *ROWS]


def middled() -> Sheet:
    """Rows with cells of two lines, beside the middle of which the row's other texts are."""
    sheet = Sheet().row(520, HEAD, XS, "left", bold=True).across(500, 280, 2300)
    sheet.across(580, 280, 2300)
    y = 620
    for name, people, since, remark in (
        ("1", "Hahn", "2002", ""),
        ("2", "Anna|Farrow", "1998", ""),
        ("3", "Carr", "2005", "New tenants may apply in writing|before May"),
        ("4", "Reed", "1993", ""),
        ("5", "Berta|Farrow", "1991", "Paid"),
    ):
        high = 22 if "|" in people + remark else 0
        y += high
        sheet.text(XS[0], y, name).text(XS[2], y, since)
        for x, text in ((XS[1], people), (XS[3] - 200, remark)):
            lines = text.split("|") if text else []
            for at, line in enumerate(lines):
                sheet.text(x, y + 44 * at - 22 * (len(lines) - 1), line)
        y += 66 + high
    return sheet


def test_cells_of_two_lines_beside_the_middle_of_their_row() -> None:
    rows = grid_of(middled().table())
    assert [row[:3] for row in rows[1:]] == [
        ["1", "Hahn", "2002"],
        ["2", "Anna Farrow", "1998"],
        ["3", "Carr", "2005"],
        ["4", "Reed", "1993"],
        ["5", "Berta Farrow", "1991"],
    ]
    assert rows[3][3] == "New tenants may apply in writing before May"
