"""Paragraphs, hyphens, rows and columns."""

from __future__ import annotations

import pytest

from app.exports.base import Document, ExportOptions, Part
from app.exports.content.page import page_content
from app.exports.content.paragraphs import join_hyphens, join_lines
from app.exports.content.tables import Table
from app.exports.txt import page_text
from app.ocr.layout.cells import aligned, grid, rows
from app.ocr.result import Block, Page
from app.tests.exports.programs import export
from app.tests.exports.sample import arabic_line, latin_page, line, text_document


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["recog-", "nize it now"], ["recognize", "it now"]),
        (["soft\N{SOFT HYPHEN}", "Ware"], ["softWare"]),
        (["Baden-", "Württemberg"], ["Baden-", "Württemberg"]),
        (["pages 3-", "4"], ["pages 3-", "4"]),
        (["a - ", "b"], ["a - ", "b"]),
        (["-", "nize"], ["-", "nize"]),
        (["over-", "cor-", "rected"], ["overcorrected"]),
    ],
)
def test_divided_words_are_put_together(lines: list[str], joined: list[str]) -> None:
    assert join_hyphens(lines) == joined


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["one", "two"], "one two"),
        (["天地", "玄黄"], "天地玄黄"),
        (["天地", "two"], "天地 two"),
        (["Baden-", "Württemberg"], "Baden-Württemberg"),
    ],
)
def test_lines_are_joined_as_their_script_wants(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


def test_plain_text_layouts() -> None:
    page = latin_page()
    assert "The first para-\ngraph ends here.\n\n=1+1" in page_text(page, ExportOptions())
    joined = page_text(page, ExportOptions(join_paragraphs=True, join_hyphens=True))
    assert "\n\nThe first paragraph ends here.\n\n=1+1" in joined
    assert "\n\n" not in page_text(page, ExportOptions(layout="lines"))


def test_a_receipt_is_kept_row_by_row() -> None:
    """Even if the recognizer took items and prices for two columns."""
    left = Block((line("Kaffee", 200, 900), line("Apfelkuchen vom Blech", 200, 980)))
    right = Block((line("5,80", 1000, 904), line("13,40", 978, 976)))
    text = page_text(Page(1, 1240, 1754, (left, right)), ExportOptions(layout="table"))
    first, second = text.splitlines()
    assert first.split() == ["Kaffee", "5,80"]
    assert second.split() == ["Apfelkuchen", "vom", "Blech", "13,40"]
    assert first.index("5,80") == second.index("13,40") + 1


def test_leaning_rows_stay_together() -> None:
    """At 3 degrees the right end of a 1000 px line is 52 px lower, more than one row."""
    lines = [line("item", 100, 100), line("price", 1100, 152), line("next", 100, 150)]
    found = [[cell.text for cell in row] for row in rows(lines, 3.0)]
    assert found == [["item", "price"], ["next"]]
    assert [len(row) for row in rows(lines, 0.0)] != [2, 1]


def test_missing_cells_stay_empty() -> None:
    page = latin_page()
    tables = [item for item in page_content(page, ExportOptions()) if isinstance(item, Table)]
    assert [table.texts for table in tables] == [
        [["Kaffee", "2", "5,80"], ["Apfelkuchen vom Blech", "1", "3,40"], ["Summe", "", "9,20"]]
    ]


def test_arabic_tables_begin_at_the_right() -> None:
    lines = [arabic_line("قهوة", 1100, 100), arabic_line("السعر", 400, 100)]
    assert grid(rows(lines)) == [["قهوة", "السعر"]]
    (text,) = aligned(rows(lines))
    assert text.split() == ["قهوة", "السعر"]


def test_corrected_text_is_exported_as_the_person_left_it() -> None:
    part = Part("a.png", (latin_page(),), corrected_text="Mine\n\n  exactly so\n")
    document = Document("Title", (part,))
    assert export("txt", document).decode() == "Mine\n\n  exactly so\n"


def test_pages_are_one_empty_line_apart() -> None:
    assert "\n\nمرحبا" in export("txt", text_document()).decode()
