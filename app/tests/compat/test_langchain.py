"""LangChain's loaders and textractor, with their own defaults, against a running site."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_community.document_loaders import (
    AmazonTextractPDFLoader,
    AzureAIDocumentIntelligenceLoader,
)
from PIL import Image
from textractor import Textractor
from textractor.data.constants import TextractFeatures

from .conftest import Account
from .pictures import LINES, page_png, two_page_pdf
from .test_aws import client
from .test_azure_layout import ruled_table

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
ROWS = [["Item", "Price", "Count"], ["Pencils", "5.00", "12"], ["Paper", "7.50", "30"]]


@pytest.fixture
def textract(account: Account) -> Any:
    return client(account)


@pytest.fixture
def table_file(tmp_path):
    path = tmp_path / "table.png"
    path.write_bytes(ruled_table(ROWS))
    return path


def test_azure_loader_in_its_three_modes(account, tmp_path):
    path = tmp_path / "two.pdf"
    path.write_bytes(two_page_pdf())

    def load(mode: str) -> list[Any]:
        loader = AzureAIDocumentIntelligenceLoader(
            api_endpoint=account.url, api_key=account.key, file_path=str(path), mode=mode
        )
        return loader.load()

    [markdown] = load("markdown")
    assert markdown.page_content.count("<!-- PageBreak -->") == 1
    [single] = load("single")
    pages = load("page")
    assert [page.metadata["page"] for page in pages] == [1, 2]
    for page in pages:
        assert page.page_content.split() == LINES.split()
        assert page.page_content.split()[0] in single.page_content


def test_textract_loader(textract, tmp_path, table_file):
    page = tmp_path / "page.png"
    page.write_bytes(page_png())
    [document] = AmazonTextractPDFLoader(str(page), client=textract).load()
    assert document.page_content.split() == LINES.split()
    loader = AmazonTextractPDFLoader(
        str(table_file), textract_features=["TABLES", "LAYOUT"], client=textract
    )
    [document] = loader.load()
    for text in (text for row in ROWS for text in row):
        assert text in document.page_content


def test_textractor_reads_tables(textract, monkeypatch, table_file):
    """Textractor makes its client itself, from credentials in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "replaced")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "replaced")
    extractor = Textractor(region_name="eu-central-1")
    extractor.textract_client = textract
    features = [TextractFeatures.TABLES, TextractFeatures.LAYOUT]
    document = extractor.analyze_document(Image.open(table_file), features=features)
    [table] = document.tables
    found = {(cell.row_index, cell.col_index): cell.text.strip() for cell in table.table_cells}
    expected = {(r, c): text for r, row in enumerate(ROWS, 1) for c, text in enumerate(row, 1)}
    assert found == expected
