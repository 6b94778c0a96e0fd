"""Lists with their markers and depth, code with its indentation."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from markdown_it import MarkdownIt

from app.exports.base import ExportOptions
from app.exports.content.code import code_lines
from app.exports.content.lists import ItemList, list_items
from app.exports.content.page import page_content
from app.ocr.result import Block, Page
from app.tests.exports.programs import export
from app.tests.exports.sample import line
from app.tests.exports.structured_sample import CODE, code, item, one_page


def page_of(*blocks: Block) -> Page:
    return Page(1, 1240, 1754, blocks, languages=("eng",))


def rendered_markdown(page: Page) -> lxml.html.HtmlElement:
    html = MarkdownIt().enable("table").render(export("md", one_page(page)).decode())
    return lxml.html.fromstring(f"<div>{html}</div>")


@pytest.mark.parametrize(
    ("printed", "marker", "style", "rest"),
    [
        ("• one", "•", "bullet", "one"),
        ("12. one", "12.", "number", "one"),
        ("(3) one", "(3)", "number", "one"),
        ("b) one", "b)", "label", "b) one"),
        ("☒ one", "☒", "label", "☒ one"),
        ("1.2 one", "1.2", "label", "1.2 one"),
    ],
)
def test_markers(printed: str, marker: str, style: str, rest: str) -> None:
    [found] = list_items(item(printed, 1, marker, 100), ExportOptions())
    assert (found.style, found.labelled) == (style, (rest,))


def test_a_corrected_marker_counts() -> None:
    [found] = list_items(item("5. one", 1, "6.", 100), ExportOptions())
    assert (found.number, found.lines) == (5, ("one",))


def test_old_lists_have_an_item_in_each_line() -> None:
    block = Block((line("- first", 100, 100), line("2. second", 100, 200)), "list")
    assert [entry.lines for entry in list_items(block, ExportOptions())] == [
        ("first",),
        ("second",),
    ]


def test_items_that_follow_each_other_are_one_list() -> None:
    blocks = (item("• a", 1, "•", 100), item("• b", 1, "•", 200), Block((line("c", 1, 300),)))
    first, second = page_content(page_of(*blocks), ExportOptions())
    assert isinstance(first, ItemList)
    assert [entry.lines for entry in first.items] == [("a",), ("b",)]
    assert not isinstance(second, ItemList)


def test_nested_lists_are_nested_everywhere() -> None:
    blocks = (
        item("• a", 1, "•", 100),
        item("◦ b", 2, "◦", 200),
        item("1. c", 4, "1.", 300),
        item("• d", 1, "•", 400),
    )
    page = page_of(*blocks)
    html = lxml.html.document_fromstring(export("html", one_page(page)))
    for tree in (html, rendered_markdown(page)):
        [outer] = tree.xpath("//ul[not(ancestor::li)]")
        assert len(outer.findall("li")) == 2
        assert outer.xpath("string(li[1]/ul/li/ol/li)").strip() == "c"


def test_numbers_that_jump_keep_their_value() -> None:
    blocks = [item(f"{n}. item", 1, f"{n}.", 100 * n) for n in (1, 2, 5, 6)]
    page = page_of(*blocks)
    html = lxml.html.document_fromstring(export("html", one_page(page)))
    for tree in (html, rendered_markdown(page)):
        lists = tree.findall(".//ol")
        assert [(part.get("start"), len(part.findall("li"))) for part in lists] == [
            (None, 2),
            ("5", 2),
        ]


def test_code_keeps_its_indentation_and_columns() -> None:
    assert "\n".join(code_lines(code(CODE, 300, 100))) == CODE


@pytest.mark.parametrize("advance", [9, 14, 33])
def test_code_of_any_size(advance: int) -> None:
    text = "if a:\n        return [1,   2]\n                deep()"
    assert "\n".join(code_lines(code(text, 77, 100, advance=advance))) == text


def test_spaces_that_the_source_knows_are_kept() -> None:
    block = code("a\nb", 100, 100)
    first, second = block.lines
    indented = replace(second, words=(replace(second.words[0], text="  b"),))
    assert code_lines(replace(block, lines=(first, indented))) == ["a", "  b"]


def test_code_is_code_in_every_format() -> None:
    page = page_of(code("a = 1\n    ```x\n  <b>", 100, 100))
    html = lxml.html.document_fromstring(export("html", one_page(page)))
    for tree in (html, rendered_markdown(page)):
        assert tree.xpath("string(//pre/code)").rstrip("\n") == "a = 1\n    ```x\n  <b>"
    assert export("txt", one_page(page)).decode() == "a = 1\n    ```x\n  <b>\n"
