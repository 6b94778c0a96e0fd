"""Tables with cells in formats for reading, as other programs and libraries read them."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import lxml.html
import pytest
from markdown_it import MarkdownIt

from app.exports.base import Document, ExportOptions, Part
from app.exports.content.tables import Table, block_table
from app.exports.txt import page_text
from app.ocr.result import Bbox, Block, Cell, Page
from app.tests.exports.programs import export, export_file, needs_libreoffice, soffice
from app.tests.exports.sample import line
from app.tests.exports.structured_sample import (
    SALES,
    arabic_table_page,
    cell,
    one_page,
    price_pages,
    report_page,
    sales,
)


def rendered_markdown(page: Page, **options: object) -> lxml.html.HtmlElement:
    html = MarkdownIt().enable("table").render(export("md", one_page(page), **options).decode())
    return lxml.html.fromstring(f"<div>{html}</div>")


def html_cells(tree: lxml.html.HtmlElement) -> list[list[tuple[str, str, str, str]]]:
    """Tag, text, row span and column span of each cell."""
    return [
        [(c.tag, c.text_content(), c.get("rowspan", ""), c.get("colspan", "")) for c in row]
        for row in tree.iterfind(".//tr")
    ]


def test_html_has_head_spans_and_row_headers() -> None:
    tree = lxml.html.document_fromstring(export("html", one_page(report_page())).decode())
    rows = html_cells(tree)
    assert rows[0] == [("th", "Region", "2", ""), ("th", "Sales | 1,000 €", "", "2")]
    assert rows[2][:2] == [("th", "Northand <west>", "", ""), ("td", "1,234.5", "", "")]
    assert rows[4] == [("td", "=1+1 is no formula", "", "3")]
    assert len(tree.findall(".//thead/tr")) == 2


def test_columns_of_numbers_have_a_class_in_html() -> None:
    rows = (("Country", "Sold", "Code"), ("Spain", "1,204", "A1"), ("Italy", "-", "7"))
    cells = (
        cell(row, column, text, header=not row)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    page = Page(1, 800, 600, (Block.table(tuple(cells)),))
    text = export("html", one_page(page)).decode()
    classes = [c.get("class", "") for c in lxml.html.document_fromstring(text).iterfind(".//tr/*")]
    assert classes == ["", "number", ""] * 3
    assert "table .number{text-align:end" in text
    assert "class=" not in export("md", one_page(report_page())).decode()


def test_markdown_says_spans_in_html_with_the_same_cells() -> None:
    tree = rendered_markdown(report_page())
    html = lxml.html.document_fromstring(export("html", one_page(report_page())).decode())
    assert html_cells(tree) == html_cells(html)
    assert tree.findtext(".//h1") == "1 Results #"


def test_markdown_has_pipes_where_they_say_everything() -> None:
    text = export("md", one_page(price_pages()[0])).decode()
    assert "<table" not in text
    rows = html_cells(rendered_markdown(price_pages()[0]))
    assert [[c[:2] for c in row] for row in rows] == [
        [("th", "Ware"), ("th", "Preis")],
        [("td", "Kaffee"), ("td", "1.234")],
        [("td", "Tee"), ("td", "2,50 €")],
    ]


def test_a_table_without_headings_gets_none_in_markdown() -> None:
    block = Block.table((cell(0, 0, "a|b"), cell(0, 1, "*c*\nd")))
    rows = html_cells(rendered_markdown(Page(1, 900, 900, (block,))))
    assert [[c[1] for c in row] for row in rows] == [["", ""], ["a|b", "*c* d"]]


def test_word_merges_cells_and_repeats_headings() -> None:
    word = docx.Document(io.BytesIO(export("docx", one_page(report_page()))))
    [table] = word.tables
    texts = [[c.text for c in row.cells] for row in table.rows]
    assert texts[:3] == [
        ["Region", "Sales | 1,000 €", "Sales | 1,000 €"],
        ["Region", "2023", "2024"],
        ["North\nand <west>", "1,234.5", "12.0"],
    ]
    assert table.cell(4, 0)._tc is table.cell(4, 2)._tc
    assert len(table._tbl.xpath("./w:tr/w:trPr/w:tblHeader")) == 2
    assert table.cell(0, 0).paragraphs[0].runs[0].bold


def test_word_has_real_headings_and_lists() -> None:
    word = docx.Document(io.BytesIO(export("docx", one_page(report_page()))))
    styled = [(p.style.name, p.text) for p in word.paragraphs if p.style and p.text]
    assert styled[:3] == [
        ("Heading 1", "1 Results #"),
        ("Normal", "The re-\nsult is *good*."),
        ("Heading 2", "Details"),
    ]
    lists = [p for p in word.paragraphs if p.style and p.style.name.startswith("List")]
    levels = [p._p.xpath("string(./w:pPr/w:numPr/w:ilvl/@w:val)") for p in lists]
    assert [(p.style.name, p.text, level) for p, level in zip(lists, levels, strict=True)] == [
        ("List Bullet", "first", "0"),
        ("List Bullet", "nested in\ntwo lines", "1"),
        ("List Number", "three", "0"),
        ("List Number", "four", "0"),
        ("List", "b) labelled", ""),
    ]
    assert ("macro", "def twice(x):\n    # a comment\n    return x * 2  `| <b>") in styled


@pytest.mark.parametrize("name", ["md", "html", "docx"])
def test_furniture_is_left_out_unless_it_is_asked_for(name: str) -> None:
    page = one_page(report_page())

    def text(**options: object) -> str:
        data = export(name, page, **options)
        if name != "docx":
            return data.decode()
        return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)

    assert "Company secret" not in text()
    assert "Company secret" in text(furniture=True)
    assert "Company secret" in export("txt", page).decode()
    assert "Company secret" in export("json", page).decode()


def test_text_aligns_columns_by_the_cells() -> None:
    page = Page(1, 1240, 1754, (Block((line("above", 200, 100),)), sales()))
    lines = page_text(page, ExportOptions(layout="table")).split("\n")
    assert lines == [
        "above",
        "Region      Sales | 1,000 €",
        "            2023     2024",
        "North       1,234.5    12.0",
        "and <west>",
        "South                  -7.5",
        "=1+1 is no formula",
    ]


def test_plain_text_has_tabs_between_cells() -> None:
    text = page_text(Page(1, 1240, 1754, (sales(),)), ExportOptions())
    assert text.split("\n")[2:4] == ["North and <west>\t1,234.5\t12.0", "South\t\t-7.5"]


def test_cells_that_overlap_lose_no_text() -> None:
    box = Bbox(0, 0, 9, 9)
    block = Block.table(
        (
            Cell(0, 0, (line("a", 0, 0),), box, 2, 2),
            Cell(0, 1, (line("b", 0, 0),), box),
            Cell(1, 0, (line("c", 0, 0),), box, 1, 9),
            Cell(3, 3, (), box),
        )
    )
    table = block_table(block, ExportOptions())
    covered = [
        (c.row + down, c.column + right)
        for c in table.cells
        for down in range(c.row_span)
        for right in range(c.column_span)
    ]
    assert len(covered) == len(set(covered)) == table.height * table.width
    text = " ".join(c.text for c in table.cells)
    assert sorted(text.split()) == ["a", "b", "c"]


def test_header_rows_reach_over_spans() -> None:
    assert block_table(sales(), ExportOptions()).header_rows == 2
    assert Table.of_texts([["a"]], "ltr").header_rows == 0


@needs_libreoffice
@pytest.mark.slow
def test_libreoffice_reads_the_same_cells_from_docx(tmp_path: Path) -> None:
    pages = (report_page(), arabic_table_page())
    document = Document("Tables", (Part("t.pdf", pages),))
    soffice(export_file("docx", document, tmp_path), "html", tmp_path)
    tree = lxml.html.parse(str(tmp_path / "export.html"))
    first, second = tree.findall(".//table")
    texts = [[" ".join(c.text_content().split()) for c in r] for r in first.iterfind(".//tr")]
    assert texts == [[t for t in row if t or row[0] == "South"] for row in SALES]
    spans = [(c.get("rowspan"), c.get("colspan")) for c in first.find(".//tr")]
    assert spans == [("2", None), (None, "2")]
    assert [h.text_content().strip() for h in tree.findall(".//h1")] == ["1 Results #"]
    assert len(tree.findall(".//ul//ul")) == 1
    soffice(tmp_path / "export.docx", "txt:Text (encoded):UTF8", tmp_path)
    text = (tmp_path / "export.txt").read_text("utf-8-sig")
    assert "3. three 4. four" in " ".join(text.split())
    assert "قهوة" in second.text_content()
