"""LangChain's loaders for Azure and Textract with their defaults, and textractor with TABLES."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from .pictures import LINES, page_png
from .test_aws import client

LOADERS = "langchain_community.document_loaders"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.mark.parametrize("mode", ["markdown", "single", "page"])
def test_azure_loader(account, tmp_path: Path, mode: str):
    loaders = pytest.importorskip(f"{LOADERS}.doc_intelligence")
    path = tmp_path / "page.png"
    path.write_bytes(page_png())
    loader = loaders.AzureAIDocumentIntelligenceLoader(
        api_endpoint=account.url, api_key=account.key, file_path=str(path), mode=mode
    )
    [document] = loader.load()
    assert document.page_content.split() == LINES.split()


def test_textract_loader(account, tmp_path: Path):
    loaders = pytest.importorskip(f"{LOADERS}.pdf")
    pytest.importorskip("textractcaller")
    path = tmp_path / "page.png"
    path.write_bytes(page_png())
    [document] = loaders.AmazonTextractPDFLoader(str(path), client=client(account)).load()
    assert document.page_content.split() == LINES.split()


def test_textractor_reads_tables(account, tmp_path: Path):
    textractor = pytest.importorskip("textractor")
    features = pytest.importorskip("textractor.data.constants").TextractFeatures
    rows = [["Town", "People"], ["Northfield", "12400"], ["Harbor", "8120"]]
    path = tmp_path / "table.png"
    drawn_table(rows).save(path)
    extractor = textractor.Textractor(region_name="eu-central-1")
    extractor.textract_client = client(account)
    document = extractor.analyze_document(
        file_source=str(path), features=[features.TABLES, features.LAYOUT]
    )
    [table] = document.tables
    cells = {(cell.row_index, cell.col_index): cell.text.strip() for cell in table.table_cells}
    expected = {(r, c): text for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)}
    assert cells == expected
    assert "Northfield" in document.get_text()


def drawn_table(rows: list[list[str]]) -> Image.Image:
    image = Image.new("RGB", (900, 400), "white")
    drawing = ImageDraw.Draw(image)
    font = ImageFont.load_default(32)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            left, top = 40 + 360 * column, 40 + 80 * at
            drawing.rectangle((left, top, left + 360, top + 80), outline="black", width=3)
            drawing.text((left + 20, top + 20), text, "black", font)
    return image
