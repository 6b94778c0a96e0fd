"""docling's documents, DocTags and chunks of pages with every kind of structure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.compat.docling.chunks import chunks_of, tokens
from app.compat.docling.doctags import doctags
from app.compat.docling.document import DoclingDocument
from app.compat.docling.options import AnswerForm
from app.ocr.result import Block
from app.tests.base import SiteTestCase

from .pictures import job_with, table_page
from .structured import block, cell, structured_job, structured_page


class DocumentTests(SiteTestCase):
    def document(self) -> dict[str, Any]:
        page = table_page()
        return DoclingDocument(job_with(page, self.alice), [page]).render()

    def test_kinds_of_blocks(self):
        document = self.document()
        labels = [(text["label"], text["content_layer"]) for text in document["texts"]]
        expected = [("section_header", "body"), ("list_item", "body"), ("page_footer", "furniture")]
        self.assertEqual(labels, expected)
        item = document["texts"][1]
        self.assertEqual(
            (item["marker"], item["text"], item["enumerated"]), ("1.", "pay soon", True)
        )
        self.assertEqual(item["parent"], {"$ref": "#/groups/0"})
        order = [child["$ref"] for child in document["body"]["children"]]
        self.assertEqual(order, ["#/texts/0", "#/tables/0", "#/groups/0", "#/texts/2"])

    def test_table(self):
        [table] = self.document()["tables"]
        data = table["data"]
        self.assertEqual((data["num_rows"], data["num_cols"]), (2, 2))
        texts = [[cell["text"] for cell in row] for row in data["grid"]]
        self.assertEqual(texts, [["Item", "Price"], ["Tea_bag", "$ 4.50"]])
        self.assertEqual(
            [cell["column_header"] for cell in data["table_cells"]], [True] * 2 + [False] * 2
        )
        self.assertEqual(table["prov"][0]["bbox"]["coord_origin"], "TOPLEFT")

    def test_docling_core_accepts_it(self):
        types = pytest.importorskip("docling_core.types.doc.document")
        document = types.DoclingDocument.model_validate(self.document())
        self.assertIn("Invoice", document.export_to_markdown())
        self.assertIn("4.50", document.tables[0].export_to_markdown(document))


@pytest.mark.django_db
def test_doctags_are_those_of_docling_core():
    types = pytest.importorskip("docling_core.types.doc.document")
    table = Block.table(
        [
            cell(0, 0, "Region", header=True, row_span=2),
            cell(0, 1, "Sales", header=True, column_span=2),
            cell(1, 1, "2025", header=True),
            cell(1, 2, "2026", header=True),
            cell(2, 0, "North", header=True),
            cell(2, 1, "1"),
            cell(2, 2, ""),
            cell(3, 0, "All", column_span=2, row_span=2),
            cell(3, 2, "x"),
            cell(4, 2, "y"),
        ]
    )
    blocks = (
        block("1. one", 10, kind="list", level=1, marker="1."),
        block("a caption", 50, kind="caption"),
        block("if x:\ny", 90, kind="code"),
        table,
        block("a note", 1300, kind="footnote"),
    )
    blank = replace(structured_page(number=2), blocks=())
    pages = [structured_page(), blank, replace(structured_page(number=3), blocks=blocks)]
    made = types.DoclingDocument.model_validate(DoclingDocument(structured_job(), pages).render())
    assert doctags(pages) == made.export_to_doctags()


HEADINGS = ("Annual report", "1. Results_2026")
CHUNKS = [
    (HEADINGS, "The first line\nand the second", ("#/texts/3",)),
    (
        ("Annual report", "1. Results_2026"),
        "- first item\n- second item",
        ("#/texts/4", "#/texts/5"),
    ),
    (("Annual report", "1. Results_2026"), "☐ No ☒ Yes", ("#/texts/6",)),
    (
        HEADINGS,
        (
            "Pencils, Price & tax = 5.00. Pencils, Paid = . "
            "Total, Price & tax = Total. Total, Paid = ☒"
        ),
        ("#/tables/0",),
    ),
]


def test_hierarchical_chunks():
    found = chunks_of([structured_page()], AnswerForm(chunker="hierarchical"))
    assert [(chunk.headings, chunk.text, chunk.items) for chunk in found] == CHUNKS
    [*_, table] = chunks_of(
        [structured_page()], AnswerForm(chunker="hierarchical", markdown_tables=True)
    )
    assert table.text.startswith("<table>")  # for its spans


@pytest.mark.parametrize(
    ("heads", "text"),
    [
        (0, "Year, 1 = Sales. Year, 2 = Sales. , 1 = 2025. , 2 = 2026. North, 1 = 1. North, 2 = "),
        (2, "North, Sales.2025 = 1. North, Sales.2026 = "),
    ],
)
def test_values_of_tables_have_the_names_of_their_columns(heads, text):
    rows = [["Year", "Sales", None], ["", "2025", "2026"], ["North", "1", ""]]
    cells = [
        cell(row, column, value, header=row < heads, column_span=2 if value == "Sales" else 1)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value is not None
    ]
    page = replace(structured_page(), blocks=(Block.table(cells),))
    [chunk] = chunks_of([page], AnswerForm(chunker="hierarchical"))
    assert chunk.text == text


@pytest.mark.parametrize("most", [12, 30, 60, 256])
def test_hybrid_chunks_fill_their_size(most):
    pages = [structured_page(), structured_page(number=2)]
    whole = chunks_of(pages, AnswerForm(chunker="hierarchical"))
    found = chunks_of(pages, AnswerForm(chunker="hybrid", max_tokens=most))
    words = [word for chunk in found for word in chunk.text.split()]
    assert words == [word for chunk in whole for word in chunk.text.split()]
    for chunk in found:
        assert tokens(chunk.in_context) <= most
    apart = chunks_of(pages, AnswerForm(chunker="hybrid", max_tokens=most, merge_peers=False))
    assert len(apart) > len(found)
