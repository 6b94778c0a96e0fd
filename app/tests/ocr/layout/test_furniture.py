"""Running heads, feet and page numbers in wide margins and of unusual forms."""

from __future__ import annotations

import pytest

from app.ocr.layout.elements import Piece

from .setting import HEIGHT, WIDTH, column, kinds, piece, read, rule


def body(top: int = 320, lines: int = 24) -> list[Piece]:
    return column("a", 100, top, lines)


def test_title_and_number_in_a_wide_margin() -> None:
    head = [piece("Harbor news", 100, 215), piece("42", 700, 215)]
    assert kinds(read([*head, *body()])) == ["header", "page_number", "text"]


def test_a_lone_number_in_a_wide_margin() -> None:
    foot = piece("42", 420, HEIGHT - 200)
    assert kinds(read([*body(), foot])) == ["text", "page_number"]


@pytest.mark.parametrize("text", ["Preprint / 3", "12 | Report", "DAFX-7", "Page 3"])
def test_a_number_in_the_running_foot(text: str) -> None:
    foot = [piece("Harbor journal", 100, HEIGHT - 60, 24, bold=True), piece(text, 740, HEIGHT - 60)]
    assert kinds(read([*body(200, 40), *foot]))[-2] == "footer"


@pytest.mark.parametrize("text", ["第 3 页", "第1页 共6页", "12ページ", "7頁"])
def test_numbers_of_chinese_and_japanese_pages(text: str) -> None:
    assert kinds(read([*body(200, 40), piece(text, 420, HEIGHT - 60)])) == ["text", "page_number"]


def test_bold_head_at_the_right_above_a_line() -> None:
    head = piece("Harbor news", 700, 60, bold=True)
    line = rule(100, 90, WIDTH - 100, 92)
    assert kinds(read([head, *body(130, 40)], [line])) == ["header", "text"]
    assert kinds(read([piece("Harbor news", 100, 60, bold=True), *body(130, 40)], [line])) == [
        "heading",
        "text",
    ]


def test_italic_head_at_the_right_close_to_a_heading() -> None:
    head = piece("Harbor news", 700, 80, italic=True)
    found = read([head, piece("Boats", 100, 116, 32), *body(170, 40)])
    assert kinds(found) == ["header", "heading", "text"]


def test_head_of_a_page_with_hardly_any_text() -> None:
    head = [piece("ii", 100, 60), piece("CONTENTS", 720, 60)]
    assert kinds(read([*head, piece("References ...... 61", 130, 120)]))[:2] == [
        "page_number",
        "header",
    ]


def test_large_numbers_of_a_display_are_no_page_numbers() -> None:
    rows = [piece("SYS", 100, 60, 60), piece("120", 700, 60, 60)]
    rows += [piece("PULSE", 100, 200, 60), piece("72", 700, 200, 60)]
    assert not {"header", "page_number"} & set(kinds(read(rows)))


def test_a_note_under_a_short_line_is_no_running_foot() -> None:
    note = piece("⁵如果从这里切换就要修改应用程序", 100, HEIGHT - 100, 15)
    found = read([*body(200, 40), note], [rule(100, HEIGHT - 112, 260, HEIGHT - 110)])
    assert kinds(found) == ["text", "footnote"]


def test_an_address_above_the_page_number_is_the_running_foot() -> None:
    address = piece("Water office, Mill Lane 3, Lyon", 300, HEIGHT - 84, 15)
    number = piece("Page 1/1", 430, HEIGHT - 64, 15)
    assert kinds(read([*body(200, 20), address, number])) == ["text", "footer", "page_number"]


def test_prose_above_the_page_number_is_no_running_foot() -> None:
    number = piece("12", 430, HEIGHT - 60)
    assert "footer" not in kinds(read([*body(HEIGHT - 60 - 40 * 26, 40), number]))
