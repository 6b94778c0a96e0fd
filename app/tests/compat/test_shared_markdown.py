"""Markdown for programs, without escapes that only a renderer would need."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from app.compat.shared import markdown
from app.compat.shared.markdown import block_markdown, document_markdown, markdown_of
from app.ocr.result import Block, Page
from app.tests.factories import make_page

from .pictures import line_of, table_page


@pytest.mark.parametrize(
    "text", ["$ 4.50", "a_b*c", "[x]", "~5", "R&D", "#1 of 2", "- 5", "1. May", "C:\\dir_x", "\\_"]
)
def test_text_reads_as_on_the_page(text):
    page = Page(1, 600, 1000, (Block((line_of(text, 0, 0),)),))
    assert markdown_of(page) == text


def test_what_would_be_markup_stays_escaped():
    page = Page(1, 600, 1000, (Block((line_of("<b> a|b `x`", 0, 0),)),))
    assert markdown_of(page) == r"\<b> a\|b \`x\`"


def test_lines_end_where_they_end_on_the_page():
    assert markdown_of(make_page("one\ntwo")) == "one\ntwo"


def test_code_and_tables_in_html_have_no_escapes():
    written = "```\na\\_b \\$\n```\n\nc\\_d\n\n<table><tr><td>\\$</td></tr></table>\n\ne\\$\n"
    with patch.object(markdown, "page_markdown", return_value=written):
        text = markdown_of(make_page())
    assert text == "```\na\\_b \\$\n```\n\nc_d\n\n<table><tr><td>\\$</td></tr></table>\n\ne$"


def test_blank_pages_leave_no_gap():
    pages = [make_page("one"), Page(2, 10, 10), make_page("two")]
    assert document_markdown(pages) == "one\n\ntwo"
    assert document_markdown(pages, "\n\n<!-- p -->\n\n") == "one\n\n<!-- p -->\n\ntwo"


def test_one_block():
    page = table_page()
    text = block_markdown(page, page.blocks[1])
    assert text.splitlines()[0] == "| Item | Price |"
    assert "Invoice" not in text
