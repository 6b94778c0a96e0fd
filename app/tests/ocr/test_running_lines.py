"""Running heads and feet that repeat from page to page."""

from __future__ import annotations

import pytest

from app.ocr.result import Bbox, Block, Line, Page, Word
from app.ocr.running_lines import mark_running

WIDTH, HEIGHT = 1000, 1400
PROSE = "the harbor museum opened its doors last week and many boats came down the river"


def line(text: str, top: int, left: int = 100, height: int = 20) -> Line:
    words, at = [], left
    for word in text.split():
        words.append(Word(word, Bbox(at, top, at + 10 * len(word), top + height), 0.9))
        at += 10 * len(word) + 10
    return Line(tuple(words))


def block(*lines: Line, kind: str = "text") -> Block:
    return Block(lines, kind)


def page(number: int, *edges: Block) -> Page:
    """Prose below what is given, in the inner part of the page."""
    body = [line(PROSE, 300 + 30 * at) for at in range(20)]
    return Page(number, WIDTH, HEIGHT, (*edges, block(*body)))


def kinds(*pages: Page) -> list[list[str]]:
    return [[each.kind for each in page.blocks] for page in mark_running(pages)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Report of the council", "Report of the council"),
        ("Chapter 3, page 8 of 20", "Chapter 3, page 9 of 20"),
        ("Report of the council", "Report of the c0uncil"),  # one letter was recognized wrongly
    ],
)
def test_same_line_at_the_same_place_is_a_running_head(first: str, second: str) -> None:
    pages = page(1, block(line(first, 60))), page(2, block(line(second, 62)))
    assert kinds(*pages) == [["header", "text"]] * 2


def test_left_and_right_pages_have_heads_of_their_own() -> None:
    heads = [("The old harbor", 100), ("Boats and winds", 750)]
    pages = [
        page(number, block(line(heads[number % 2][0], 60, heads[number % 2][1])))
        for number in range(1, 5)
    ]
    assert kinds(*pages) == [["header", "text"]] * 4


def test_line_that_layout_joined_to_the_text_becomes_a_block() -> None:
    pages = []
    for number in (1, 2):
        joined = block(line("Annual report", 120), line(PROSE.split(" ", 5 * number)[-1], 150))
        pages.append(page(number, joined))
    marked = mark_running(pages)[0].blocks
    assert [(each.kind, each.text) for each in marked[:2]] == [
        ("header", "Annual report"),
        ("text", "doors last week and many boats came down the river"),
    ]


def test_feet_come_last_and_page_numbers_have_their_kind() -> None:
    pages = [
        page(number, block(line("Harbor Tools Ltd", 1330)), block(line(str(number), 1330, 880)))
        for number in (4, 5)
    ]
    assert kinds(*pages) == [["text", "footer", "page_number"]] * 2


def test_other_lines_stay_text() -> None:
    same = "Report of the council"
    moved = page(1, block(line(same, 60))), page(2, block(line(same, 130)))
    assert kinds(*moved) == [["text", "text"]] * 2
    title = [page(number, block(line(same, 60, height=44), kind="heading")) for number in (1, 2)]
    assert kinds(*title) == [["heading", "text"]] * 2
    below = [
        page(number, block(line(f"{PROSE[: 20 * number]}", 40)), block(line(same, 90)))
        for number in (1, 3)
    ]
    assert kinds(*below) == [["text", "text", "text"]] * 2


def test_copies_of_one_form_have_no_running_head() -> None:
    labels = ("Name and town", "Street and number", "Date of birth", "Place of birth", "Signature")
    form = [block(line(label, 30 + 26 * at)) for at, label in enumerate(labels)]
    assert kinds(page(1, *form), page(2, *form)) == [["text"] * 6] * 2


def test_pages_of_another_size_or_further_on_prove_nothing() -> None:
    head = block(line("Report of the council", 60))
    assert kinds(page(1, head), page(4, head)) == [["text", "text"]] * 2
    assert kinds(page(1, head)) == [["text", "text"]]
    assert mark_running([]) == []
