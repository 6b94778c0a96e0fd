"""Tables formed by white space, with few rules or none."""

from __future__ import annotations

import pytest

from app.ocr.layout.tables import find_tables

from .drawing import PITCH, Sheet, grid_of, spans_of

XS = [300, 1000, 1400, 1800]
HEAD = ["Country", "Area", "People", "Share"]
ROWS = [
    ["Austria", "83,879", "8.9", "1.9"],
    ["Belgium", "30,689", "11.5", "2.5"],
    ["Czech Republic", "78,866", "10.7", "2.3"],
    ["Denmark", "43,094", "5.8", "12.25"],
    ["Finland", "338,455", "5.5", "1.2"],
]


def plain(top: int = 600, *, align: str = "right", pitch: int = PITCH) -> Sheet:
    sheet = Sheet()
    for number, texts in enumerate([HEAD, *ROWS]):
        sheet.row(top + number * pitch, texts, XS, align)
    return sheet


@pytest.mark.parametrize("align", ["left", "right", "center"])
@pytest.mark.parametrize("pitch", [46, 60, 90])
def test_no_rules_at_all(align: str, pitch: int) -> None:
    table = plain(align=align, pitch=pitch).table()
    assert grid_of(table) == [HEAD, *ROWS]
    assert [cell.text for cell in table.cells if cell.header] == HEAD


def test_numbers_aligned_at_the_point() -> None:
    sheet = Sheet()
    amounts = ["1234.5", "7.25", "18.125", "310.0", "0.5"]
    for number, amount in enumerate(amounts):
        whole = amount.partition(".")[0]
        sheet.text(300, 600 + 60 * number, f"Item {number}")
        sheet.text(1000 - 20 * len(whole), 600 + 60 * number, amount)
        sheet.text(1500, 600 + 60 * number, amount, align="right")
    assert grid_of(sheet.table()) == [[f"Item {n}", a, a] for n, a in enumerate(amounts)]


def test_booktabs_with_heads_over_heads() -> None:
    sheet = Sheet().across(590, 300, 2000).across(730, 300, 2000).across(1040, 300, 2000)
    sheet.text(1200, 600, "Before", align="center").text(1700, 600, "After", align="center")
    sheet.across(650, 1000, 1400).across(650, 1500, 1900)
    xs = [300, 1100, 1300, 1600, 1800]
    sheet.row(670, ["Name", "min", "max", "min", "max"], xs, "center")
    rows = [[f"Probe {n}", f"{n}.1", f"{n}.9", f"{n}.2", f"{n}.8"] for n in range(5)]
    for number, texts in enumerate(rows):
        sheet.row(740 + 60 * number, texts, xs, "center")
    table = sheet.table()
    assert grid_of(table)[0] == ["", "Before", "", "After", ""]
    assert grid_of(table)[1:] == [["Name", "min", "max", "min", "max"], *rows]
    assert spans_of(table) == {"Before": (1, 2), "After": (1, 2)}


def test_bands_of_colour_keep_the_lines_of_a_row_together() -> None:
    sheet = Sheet()
    top = 500
    rows = []
    for number in range(6):
        lines = 2 if number in (1, 4) else 1
        bottom = top + 44 * lines + 10
        if number % 2:
            sheet.fill(280, top, 1900, bottom)
        texts = [
            "Growth of industry" if lines > 1 else f"Row {number}",
            f"{number}.5",
            f"{number}7",
        ]
        sheet.text(300, top + 5, texts[0])
        if lines > 1:
            sheet.text(300, top + 49, "and of trade")
        sheet.row(top + 5, ["", *texts[1:]], [0, 1100, 1800], "right")
        rows.append([texts[0] + " and of trade" * (lines > 1), *texts[1:]])
        top = bottom
    assert grid_of(sheet.table()) == rows


def test_labels_that_wrap_in_open_space() -> None:
    sheet = Sheet().row(500, HEAD, XS, "right")
    labels = [("Total number", "of students"), ("Schools",), ("Public and", "private", "houses")]
    y = 590
    for number, lines in enumerate(labels):
        for line in lines:
            sheet.text(300, y, line)
            y += 46
        sheet.row(y - 46, ["", f"{number}1", f"{number}2.5", f"{number}3"], XS, "right")
        y += 40
    expected = [[" ".join(lines), f"{n}1", f"{n}2.5", f"{n}3"] for n, lines in enumerate(labels)]
    assert grid_of(sheet.table()) == [HEAD, *expected]


@pytest.mark.parametrize("glued", [True, False])
def test_dot_leaders_between_labels_and_numbers(glued: bool) -> None:
    sheet = Sheet().row(540, ["State", "Area", "People"], [300, 1100, 1400], "right")
    rows = []
    for number, label in enumerate(["Alabama", "New York", "Ohio", "Rhode Island", "Utah"]):
        dots = "." * ((1080 - 300) // 20 - len(label) - 6 - (not glued))
        text = label + dots if glued else f"{label} {dots}"
        texts = [text, f"{number}1,204", f"{number}9.5"]
        sheet.row(600 + 60 * number, texts, [300, 1100, 1400], "right")
        rows.append(texts)
    assert grid_of(sheet.table()) == [["State", "Area", "People"], *rows]


def test_caption_note_and_prose_are_no_part_of_it() -> None:
    sheet = plain(700).prose(300, 200, 6).text(300, 600, "Table 4: Area and people of Europe")
    sheet.text(300, 1070, "Source: the statistical office of the union")
    sheet.prose(300, 1300, 6)
    table = sheet.table()
    assert grid_of(table) == [HEAD, *ROWS]
    assert sum(len(piece.words) for piece in table.pieces) == 4 * 6 + 1


def test_tables_side_by_side() -> None:
    sheet = Sheet()
    for number in range(7):
        sheet.row(600 + 60 * number, [f"Left {number}", f"{number}4", f"{number}.1"],
                  [200, 700, 900], "right")  # fmt: skip
    for number in range(5):
        sheet.row(620 + 75 * number, [f"Other {number}", f"{number}9", f"{number}.7"],
                  [1300, 1800, 2000], "right")  # fmt: skip
    left, right = sorted(sheet.tables(), key=lambda table: table.bbox.left)
    assert grid_of(left)[6] == ["Left 6", "64", "6.1"]
    assert grid_of(right) == [[f"Other {n}", f"{n}9", f"{n}.7"] for n in range(5)]


def test_arabic_counts_columns_from_the_right() -> None:
    rows = [["المنطقة", "السكان", "النسبة"], ["الشمال", "410", "12.5"], ["الجنوب", "333", "8.1"],
            ["الشرق", "95", "3.3"], ["الغرب", "17", "0.7"]]  # fmt: skip
    sheet = Sheet()
    for number, texts in enumerate(rows):
        for x, text in zip((2000, 1400, 900), texts, strict=True):
            direction = "ltr" if text[0].isascii() else "rtl"
            sheet.text(x, 600 + 60 * number, text, align="right", direction=direction)
    assert grid_of(sheet.table()) == rows


def test_chinese() -> None:
    rows = [["地区", "人口", "比例"], ["北京市", "2,189", "1.55"], ["上海市", "2,487", "1.76"],
            ["重庆市", "3,205", "2.27"], ["天津市", "1,387", "0.98"]]  # fmt: skip
    sheet = Sheet()
    for number, texts in enumerate(rows):
        sheet.row(600 + 60 * number, texts, [300, 900, 1300], "right")
    assert grid_of(sheet.table()) == rows


def test_turned_by_ninety_degrees() -> None:
    (table,) = find_tables(plain().turned())
    assert grid_of(table) == [HEAD, *ROWS]


PAIRS = {
    "amounts": [("Bread", "2.40"), ("Milk 1 l", "1.19"), ("Apples", "3.05"), ("Total", "$6.64")],
    "dates": [("Closing date", "23 April 2024"), ("First payment", "23 October 2024"),
              ("Effective date", "25 April 2024"), ("Next payment", "1 May 2025")],
}  # fmt: skip


@pytest.mark.parametrize("kind", PAIRS)
@pytest.mark.parametrize("align", ["left", "right"])
def test_labels_with_values_of_one_kind(kind: str, align: str) -> None:
    sheet = Sheet().text(300, 300, "Summary")
    for number, row in enumerate(PAIRS[kind]):
        sheet.row(400 + 60 * number, row, [300, 1400], align)
    assert [tuple(row) for row in grid_of(sheet.table())] == PAIRS[kind]


@pytest.mark.parametrize("bold", [True, False])
def test_glossary(bold: bool) -> None:
    """Bold words, or enough rows that each begin at the same two places."""
    rows = [
        ("Alto", "a low voice"), ("Bass", "the lowest voice of men"), ("Canon", "a strict round"),
        ("Descant", "a voice above the tune"), ("Forte", "loud"), ("Glide", "from one to the next"),
        ("Largo", "slow and broad"), ("Mezzo", "half"), ("Opus", "a work"),
    ]  # fmt: skip
    sheet = Sheet()
    for number, (word, meaning) in enumerate(rows[: 5 if bold else 9]):
        sheet.text(300, 400 + 60 * number, word, bold=bold).text(700, 400 + 60 * number, meaning)
    assert [tuple(row) for row in grid_of(sheet.table())] == rows[: 5 if bold else 9]


def test_rules_that_each_column_has_for_itself() -> None:
    """Rules with gaps between columns, as in account statements."""
    rows = [["Assets", "2023", "2022"], ["Cash at the bank", "8,775", "9,163"],
            ["Loans", "1,398", "2,144"], ["Property", "2,717", "2,737"],
            ["Total of all assets", "12,890", "14,044"]]  # fmt: skip
    sheet = Sheet()
    for number, row in enumerate(rows):
        sheet.row(600 + 60 * number, row, [300, 1390, 1790], "right")
    for y in (590, 650, 830, 890):
        for left, right in ((300, 1150), (1200, 1400), (1440, 1800)):
            sheet.across(y, left, right)
    assert grid_of(sheet.table()) == rows


def test_bold_heads_with_white_above_begin_another_table() -> None:
    sheet = Sheet()
    xs = [300, 900, 1500, 2000]
    order = [["Order", "Shipped", "Carrier", "Parcels"], ["5520", "8 May", "Nordpost", "two"]]
    items = [["Code", "Item", "Ordered", "Sent"], ["KB", "Keyboard", "10", "10"]]
    items += [["MS", "Mouse", "10", "8"], ["CB", "Cable", "25", "25"]]
    for top, rows in ((600, order), (755, items)):
        for number, texts in enumerate(rows):
            sheet.row(top + number * PITCH, texts, xs, bold=number == 0)
    assert [grid_of(table) for table in sheet.tables()] == [order, items]


def test_one_row_below_plain_texts_is_no_table() -> None:
    xs = [300, 900, 1500]
    sheet = Sheet().row(600, ["Harbour Street", "Whitby", "Yorkshire"], xs)
    sheet.row(660, ["Mill Lane", "Leeds", "England"], xs)
    assert not sheet.tables()


def test_narrow_columns_of_numbers_without_rules() -> None:
    sheet = Sheet()
    rows = [["Month", "One", "Two", "Six"], ["January", "1200", "980", "1110"]]
    rows += [["February", "1150", "1010", "1080"], ["March", "1340", "1100", "1190"]]
    for number, texts in enumerate(rows):
        sheet.row(600 + PITCH * number, texts, [300, 640, 740, 840], "right")
    assert grid_of(sheet.table()) == rows


def test_groups_of_one_number_stay_together() -> None:
    sheet = Sheet()
    rows = [["Area", "People"], ["North", "1 250"], ["South", "41 300"], ["East", "7 045"]]
    rows += [["West", "12 800"]]
    for number, (name, amount) in enumerate(rows):
        sheet.text(300, 600 + PITCH * number, name)
        sheet.text(900, 600 + PITCH * number, amount, align="right", space=20)
    assert grid_of(sheet.table()) == rows


def test_head_over_a_rule_spans_the_columns_below_the_rule() -> None:
    """The head's own text is as narrow as the middle one of them."""
    sheet = Sheet()
    xs = [240, 900, 1200, 1500, 1800]
    sheet.text(1200, 500, "Sold", align="center").across(550, 820, 1580)
    rows = [["Town", "May", "June", "July", "Rest"], ["Oslo", "10", "20", "30", "40"],
            ["Bergen", "11", "21", "31", "41"], ["Molde", "12", "22", "32", "42"],
            ["Hamar", "13", "23", "33", "43"]]  # fmt: skip
    for number, texts in enumerate(rows):
        sheet.row(570 + PITCH * number, texts, xs, "center")
    table = sheet.table()
    assert spans_of(table) == {"Sold": (1, 3)}
    assert grid_of(table)[1:] == rows
