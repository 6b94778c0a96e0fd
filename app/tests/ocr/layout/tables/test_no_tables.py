"""Pages that have gaps or rules but no table."""

from __future__ import annotations

import pytest

from .drawing import Sheet


def test_prose_in_two_columns() -> None:
    sheet = Sheet().prose(150, 300, 30, 50).prose(1300, 300, 30, 50)
    assert not sheet.tables()


def test_prose_with_stretched_spaces() -> None:
    sheet = Sheet()
    for number in range(12):
        words = ["the", "law", "for", "labour", "houses", "in", "that", "region", "of", "a", "town"]
        words = words[number % 4 :] + words[: number % 4]
        space = 30 + 3 * (number % 5)
        sheet.text(200, 300 + 50 * number, " ".join(words), space=space)
    assert not sheet.tables()


def test_contents() -> None:
    sheet = Sheet().text(300, 300, "Contents")
    page = 1
    for number in range(14):
        page += number % 4
        sheet.text(300, 400 + 60 * number, "Chapter " + "about many things "[: 8 + number])
        sheet.text(2000, 400 + 60 * number, str(page), align="right")
    assert not sheet.tables()


def test_contents_with_dot_leaders() -> None:
    sheet = Sheet()
    for number in range(10):
        sheet.text(300, 400 + 60 * number, f"Chapter {number + 1} " + "." * 50)
        sheet.text(2000, 400 + 60 * number, str(3 + 9 * number), align="right")
    assert not sheet.tables()


def test_address_blocks() -> None:
    sheet = Sheet()
    left = ["Bill to", "Jane Miller", "14 Mill Road", "Boston MA", "United States"]
    right = ["Ship to", "John Baker", "7 Oak Street", "Denver CO", "United States"]
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        sheet.text(300, 400 + 50 * number, one).text(1400, 400 + 50 * number, other)
    assert not sheet.tables()


@pytest.mark.parametrize("numbered", [True, False])
def test_equations(numbered: bool) -> None:
    sheet = Sheet()
    sides = [("yi", "xi b + ui"), ("b", "(X X) X y"), ("ui", "(I H) y"), ("V(b)", "S M S")]
    for number, (left, right) in enumerate(sides):
        y = 500 + 110 * number
        sheet.text(800, y, left, align="right").text(860, y, "=").text(960, y, right)
        if numbered:
            sheet.text(2200, y, f"({number + 4})", align="right")
    assert not sheet.tables()


def test_matrix() -> None:
    sheet = Sheet()
    for row in range(4):
        for column in range(4):
            term = "0" if column > row + 1 else f"q{row + 1}{column + 1}"
            text = f"−({term} + q{row + 1}4)" if row == column else term
            sheet.text(700 + 300 * column, 500 + 60 * row, text, align="center")
    assert not sheet.tables()


def test_form_with_labels() -> None:
    sheet = Sheet()
    values = {"Name:": "Miller", "Date:": "12.03.2024", "Amount:": "410.00", "Room:": "12",
              "Phone:": "555 0199", "Nights:": "3"}  # fmt: skip
    for number, (label, value) in enumerate(values.items()):
        sheet.text(300, 400 + 60 * number, label).text(800, 400 + 60 * number, value)
    assert not sheet.tables()


def test_contents_with_rules_between_the_lines() -> None:
    sheet = Sheet()
    for number, page in enumerate([3, 3, 4, 6, 7, 7, 10, 13, 16]):
        sheet.text(300, 400 + 60 * number, "About many things"[: 9 + number])
        sheet.text(2000, 400 + 60 * number, str(page), align="right")
        sheet.across(450 + 60 * number, 280, 2020)
    assert not sheet.tables()


def test_short_lines_side_by_side() -> None:
    """Two columns of a footer, for instance, without evidence that they are rows."""
    sheet = Sheet()
    left = ["About us", "Careers", "Press", "Investors", "Imprint", "Privacy"]
    right = ["Help", "Returns", "Delivery", "Contact us", "Shops", "Gifts"]
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        sheet.text(300, 400 + 50 * number, one).text(1000, 400 + 50 * number, other)
    assert not sheet.tables()


def test_lists_with_bullets_and_numbers() -> None:
    for marks in ("•••••", ("1.", "2.", "3.", "4.", "5.")):
        sheet = Sheet()
        for number, mark in enumerate(marks):
            sheet.text(300, 400 + 60 * number, mark)
            sheet.text(420, 400 + 60 * number, "buy some bread and milk")
        assert not sheet.tables()


def test_code() -> None:
    sheet = Sheet()
    lines = ["def area(side):", "    total = 0", "    for each in side:", "        total += each",
             "    return total", "", "print(area([1, 2]))"]  # fmt: skip
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if line:
            sheet.text(300 + 24 * indent, 400 + 50 * number, line.strip(), space=24)
    assert not sheet.tables()


def test_words_within_a_chart() -> None:
    sheet = Sheet()
    for number in range(6):
        sheet.text(380, 500 + 100 * number, f"{600 - 100 * number}", align="right")
        sheet.text(480 + 200 * number, 1080, f"{2000 + number}")
        sheet.text(900 + 60 * number, 500 + 100 * number, f"{number * 7}.5")
    sheet.pictures.append(type(sheet.pieces[0].bbox)(400, 460, 1700, 1060))
    assert not sheet.tables()


def test_rules_around_running_heads_and_prose() -> None:
    sheet = Sheet().text(200, 100, "Annual report").text(2200, 100, "17", align="right")
    sheet.across(160, 200, 2200).prose(200, 260, 20, 80).across(3200, 200, 900)
    sheet.text(200, 3220, "1 See the report of last year")
    assert not sheet.tables()


def test_names_below_a_letter() -> None:
    sheet = Sheet()
    names = ["Max Weiner", "Jakob Singer", "Rosa Hauser", "Gabor Berger", "Hugo Roth", "Eva Brock"]
    for number in range(5):
        texts = [f"{names[(number + at) % 6]}." for at in range(3)]
        sheet.row(600 + 60 * number, texts, [300, 900, 1500])
    assert not sheet.tables()


def test_contents_with_numbers_of_sections() -> None:
    sheet = Sheet()
    for number in range(10):
        y = 400 + 60 * number
        sheet.text(300, y, f"{1 + number // 3}.{1 + number % 3}").text(420, y, "About many things")
        sheet.text(2000, y, str(3 + 9 * number), align="right")
    assert not sheet.tables()


def test_ranks_with_rising_amounts() -> None:
    sheet = Sheet()
    for number in range(10):
        y = 400 + 60 * number
        sheet.text(300, y, str(1 + number)).text(420, y, "Some district")
        sheet.text(1400, y, str(3 + 9 * number), align="right")
    assert sheet.tables()


def test_index_in_columns() -> None:
    sheet = Sheet()
    for number in range(15):
        for column, word in enumerate(("barley", "district", "market", "wheat")):
            text = f"{word}, {7 * number + 3}, {9 * number + 40}"
            sheet.text(200 + 500 * column, 400 + 50 * number, text)
    assert not sheet.tables()


def test_program_code_in_a_frame() -> None:
    sheet = Sheet()
    for number, name in enumerate(("north", "units", "orders", "area", "south", "coal")):
        y = 500 + 50 * number
        sheet.text(300, y, name).text(600, y, f"= {4 * number + 2}").text(1000, y, "# amounts")
    sheet.across(450, 250, 1500).across(820, 250, 1500)
    sheet.down(250, 450, 820).down(1500, 450, 820)
    assert not sheet.tables()


def test_matrix_with_a_name() -> None:
    sheet = Sheet()
    for row in range(3):
        for column in range(4):
            sheet.text(900 + 150 * column, 500 + 60 * row, str(17 * row + 5 * column + 11))
    sheet.text(760, 560, "A =")
    assert not sheet.tables()


def test_large_numbers_of_a_display() -> None:
    sheet = Sheet()
    for number, names in enumerate((("Orders", "Returns", "Visits"), ("Open", "Late", "Done"))):
        for column, name in enumerate(names):
            x, y = 300 + 600 * column, 500 + 260 * number
            sheet.text(x, y, name).text(x, y + 60, str(417 + 31 * column), scale=2.2)
            sheet.text(x, y + 170, f"{2 + column} % more")
    assert not sheet.tables()


def test_questions_with_boxes_to_tick_below_labels() -> None:
    sheet = Sheet()
    sheet.row(600, ["10. Number", "11. Make", "12. Model", "13. Colour"], [300, 900, 1300, 1700])
    for number, text in enumerate(["14. Is it yours?", "15. Is it new?", "16. Is it safe?"]):
        sheet.row(660 + 60 * number, [text, "☐ Yes", "☐ No"], [300, 1300, 1700])
    assert not sheet.tables()
