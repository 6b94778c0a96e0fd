"""Edits of words and lines, in paragraphs, tables and other directions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.ocr.edits.boxes import divided
from app.ocr.edits.words import (
    break_line,
    insert_line,
    insert_words,
    join_lines,
    replace_words,
)
from app.ocr.errors import OcrError
from app.ocr.result import Bbox, Page
from app.tests.exports.structured_sample import report_page
from app.tests.factories import make_page


@pytest.fixture
def page() -> Page:
    return make_page("Hcllo big world\nand good bye")


def boxes(page: Page) -> list[Bbox]:
    return [word.bbox for word in page.words]


def test_a_corrected_word_keeps_its_box_and_is_certain(page):
    edited = replace_words(page, 0, text=" Hello ")
    assert edited.text == "Hello big world\nand good bye"
    assert boxes(edited) == boxes(page)
    assert [word.confidence for word in edited.words][:2] == [1.0, 0.9]


def test_confirming_a_word_makes_it_certain(page):
    edited = replace_words(page, 1, text="big")
    assert (edited.text, list(edited.words)[1].confidence) == (page.text, 1.0)


def test_a_typed_space_splits_the_box_by_characters(page):
    edited = replace_words(page, 0, text="Hc llo")
    first, second = boxes(edited)[:2]
    assert edited.text.startswith("Hc llo big")
    assert first.left == 0
    assert second.right == 100
    assert first.right < second.left
    assert first.width < second.width


def test_joined_words_have_the_area_of_both(page):
    edited = replace_words(page, 1, count=2, text="bigworld")
    assert edited.text.startswith("Hcllo bigworld\n")
    assert boxes(edited)[1] == Bbox(110, 0, 320, 30)


def test_deleted_words_leave_no_empty_line_or_block(page):
    edited = replace_words(page, 3, count=3, text=" \x00")
    assert edited.text == "Hcllo big world"
    assert replace_words(edited, 0, count=3, text="").blocks == ()


def test_inserted_words_lie_between_their_neighbours(page):
    edited = insert_words(page, 0, text="my very")
    assert edited.text.startswith("Hcllo my very big")
    assert all(100 <= box.left < box.right <= 110 for box in boxes(edited)[1:3])


def test_inserted_words_at_the_edge_of_the_page_stay_on_it(page):
    narrow = replace(page, width=320)
    edited = insert_words(narrow, 2, text="x" * 500)
    assert boxes(edited)[3] == Bbox(319, 0, 320, 30)


def test_lines_are_broken_and_joined(page):
    broken = break_line(page, 1)
    assert broken.text == "Hcllo\nbig world\nand good bye"
    assert join_lines(broken, 0) == page
    assert join_lines(page, 2).text == "Hcllo big world and good bye"


def test_an_inserted_line_lies_below(page):
    edited = insert_line(page, 2, text="one more")
    assert edited.text == "Hcllo big world\none more\nand good bye"
    first, second = boxes(edited)[3:5]
    assert (first.top, first.bottom) == (30, 60)
    assert first.right < second.left


def test_what_cannot_be_done_is_said(page):
    cases = [
        ("not_found", lambda: replace_words(page, 6, text="x")),
        ("not_found", lambda: replace_words(page, -1, text="x")),
        ("bad_option", lambda: replace_words(page, 2, count=2, text="x")),
        ("bad_option", lambda: replace_words(page, 2, count=0, text="x")),
        ("bad_option", lambda: break_line(page, 3)),
        ("bad_option", lambda: join_lines(page, 3)),
        ("bad_option", lambda: insert_words(page, 0, text=" ")),
        ("bad_option", lambda: insert_line(page, 0, text="")),
    ]
    for code, edit in cases:
        with pytest.raises(OcrError) as caught:
            edit()
        assert caught.value.code == code


def test_words_of_cells_stay_in_their_cells():
    page = report_page()
    index = next(n for n, word in enumerate(page.words) if word.text == "1,234.5")
    edited = replace_words(page, index, text="1 239.5")
    assert "North and <west>\t1 239.5\t12.0\nSouth\t\t-7.5" in edited.text
    table = next(block for block in edited.blocks if block.cells)
    assert [cell.bbox for cell in table.cells] == [
        cell.bbox for block in page.blocks if block.cells for cell in block.cells
    ]
    emptied = replace_words(page, index, text="")
    assert "North and <west>\t\t12.0" in emptied.text


def test_every_word_of_a_structured_page_can_be_edited_where_it_is():
    page = report_page()
    for index, word in enumerate(page.words):
        edited = list(replace_words(page, index, text=f"{word.text}x").words)
        assert [w.text for w in edited] == [
            f"{w.text}x" if n == index else w.text for n, w in enumerate(page.words)
        ]


@pytest.mark.parametrize(
    ("direction", "first"),
    [("ltr", Bbox(0, 0, 20, 90)), ("rtl", Bbox(70, 0, 90, 90)), ("ttb", Bbox(0, 0, 90, 20))],
)
def test_areas_are_divided_in_reading_order(direction, first):
    assert divided(Bbox(0, 0, 90, 90), [2, 6], direction)[0] == first


def test_parts_of_a_tiny_area_are_never_empty():
    for direction in ("ltr", "rtl", "ttb"):
        for box in divided(Bbox(5, 5, 6, 6), [3, 1, 4], direction):
            assert box == Bbox(5, 5, 6, 6)


def test_words_of_chinese_stay_without_spaces():
    page = make_page("中文")
    word = replace(next(page.words), space_after=False)
    block = page.blocks[0]
    line = replace(block.lines[0], words=(word, replace(word, text="字")))
    page = replace(page, blocks=(replace(block, lines=(line,)),))
    assert replace_words(page, 0, text="汉").text == "汉字"
    assert insert_words(page, 0, text="的").text == "中文的字"
    assert replace_words(page, 0, count=2, text="中文字").text == "中文字"
