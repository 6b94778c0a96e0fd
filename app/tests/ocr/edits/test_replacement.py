from __future__ import annotations

import pytest

from app.ocr.edits.replacement import Search, matches, replaced
from app.ocr.result import Bbox
from app.tests.exports.structured_sample import report_page
from app.tests.factories import make_page


@pytest.mark.parametrize(
    ("text", "search", "by", "expected"),
    [
        ("a cat, a Cat", Search("cat"), "dog", "a dog, a dog"),
        ("a cat, a Cat", Search("cat", match_case=True), "dog", "a dog, a Cat"),
        ("cat concat cats", Search("cat", whole_words=True), "dog", "dog concat cats"),
        ("siver and sivers", Search("siver"), "silver", "silver and silvers"),
        ("the fi rst one", Search("fi rst"), "first", "the first one"),
        ("ab ab ab", Search("b a"), "-", "a--b"),
        ("to day to morrow", Search("to"), "", "day morrow"),
        ("all of it", Search("all of it"), "", ""),
        ("1+1 (a)", Search("1+1 (A)"), "2", "2"),
        ("aaaa", Search("aa"), "b c", "b cb c"),
        ("ﬁne Straße", Search("straße"), "Weg", "ﬁne Weg"),
    ],
)
def test_matches_in_parts_of_words_and_over_several(text, search, by, expected):
    assert replaced(make_page(text), search, by).text == expected


def test_untouched_words_keep_confidence_and_box():
    page = make_page("one cat two")
    edited = replaced(page, Search("cat"), "big dog")
    words = list(edited.words)
    assert [word.confidence for word in words] == [0.9, 1.0, 1.0, 0.9]
    assert words[3].bbox == list(page.words)[2].bbox
    assert words[1].bbox.left == 110
    assert words[2].bbox.right == 210


def test_a_match_over_two_words_has_the_area_of_both():
    edited = replaced(make_page("fi rst one"), Search("fi rst"), "first")
    assert next(edited.words).bbox == Bbox(0, 0, 210, 30)


def test_matches_are_what_is_replaced_and_do_not_go_over_lines():
    page = make_page("one two\nthree two one")
    found = list(matches(page, Search("one")))
    assert [(m.before, m.found, m.after) for m in found] == [
        ("", "one", " two"),
        ("three two ", "one", ""),
    ]
    assert list(matches(page, Search("two three"))) == []
    assert replaced(page, Search("two three"), "x") == page


def test_cells_keep_their_structure():
    page = replaced(report_page(), Search("north"), "West")
    assert "West and <west>\t1,234.5\t12.0\nSouth\t\t-7.5" in page.text
    emptied = replaced(report_page(), Search("-7.5"), "")
    assert "South\n=1+1" in emptied.text
