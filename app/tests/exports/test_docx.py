"""Word documents, opened by python-docx and by LibreOffice where it is installed."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from app.tests.exports.programs import export, export_file, needs_libreoffice, pdftotext, soffice
from app.tests.exports.sample import text_document


def test_word_structure() -> None:
    word = docx.Document(io.BytesIO(export("docx", text_document())))
    styled = [(p.style.name, p.text) for p in word.paragraphs if p.style and p.text.strip()]
    assert styled[0] == ("Heading 2", "A heading")
    assert ("Normal", "The first para-\ngraph ends here.") in styled
    assert [text for style, text in styled if style == "List Bullet"] == ["first", "second"]
    (table,) = word.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Kaffee", "2", "5,80"],
        ["Apfelkuchen vom Blech", "1", "3,40"],
        ["Summe", "", "9,20"],
    ]
    assert word.core_properties.title == "Beispiel & مثال"


def test_arabic_is_marked_right_to_left() -> None:
    word = docx.Document(io.BytesIO(export("docx", text_document())))
    (arabic,) = (p for p in word.paragraphs if "مرحبا" in p.text)
    assert arabic._p.xpath("./w:pPr/w:bidi")
    assert arabic.runs[0].font.rtl


@needs_libreoffice
@pytest.mark.slow
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    source = export_file("docx", text_document(), tmp_path)
    soffice(source, "pdf", tmp_path)
    pdf = tmp_path / "export.pdf"
    assert "graph ends here." in pdftotext(pdf, 1)
    assert "مرحبا بالعالم الجميل" in pdftotext(pdf, 2)
    assert "天地玄黄宇宙洪荒" in pdftotext(pdf, 3)
