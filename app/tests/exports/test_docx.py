"""Word documents, opened by python-docx and by LibreOffice where it is installed."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from PIL import Image

from app.exports.base import Document, Part
from app.ocr.result import Bbox, Block, Line, Page, Word
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


def test_figures_are_in_their_places_with_their_captions() -> None:
    """The wide figure keeps its width on the page; one whose file is missing has only a caption."""
    lines = [("Above the boat.", 100, "text"), ("Figure 1: A boat", 460, "caption")]
    lines += [("Below the boat.", 600, "text"), ("Figure 2: A lamp", 1060, "caption")]
    blocks = tuple(
        Block((Line((Word(text, Bbox(100, top, 500, top + 30), 1.0),)),), kind)
        for text, top, kind in lines
    )
    boxes = (Bbox(100, 200, 500, 440), Bbox(100, 800, 500, 1040))
    page = Page(3, 1000, 1400, blocks, dpi=120, figures=boxes)
    picture = io.BytesIO()
    Image.new("RGB", (400, 240), (200, 30, 30)).save(picture, "JPEG")
    part = Part("boat.pdf", (page,))
    document = Document("Boats", (part,), figures={(3, 1): picture.getvalue()})
    word = docx.Document(io.BytesIO(export("docx", document)))
    assert [bool(p._p.xpath(".//pic:pic")) or p.text for p in word.paragraphs] == [
        "Above the boat.",
        True,
        "Figure 1: A boat",
        "Below the boat.",
        "Figure 2: A lamp",
    ]
    (shape,) = word.inline_shapes
    assert shape.width / word.sections[0].page_width == pytest.approx(0.4, abs=0.01)
    assert shape.width / shape.height == pytest.approx(400 / 240, abs=0.01)
    assert shape._inline.docPr.get("descr") == "Figure 1: A boat"


@needs_libreoffice
@pytest.mark.slow
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    source = export_file("docx", text_document(), tmp_path)
    soffice(source, "pdf", tmp_path)
    pdf = tmp_path / "export.pdf"
    assert "graph ends here." in pdftotext(pdf, 1)
    assert "مرحبا بالعالم الجميل" in pdftotext(pdf, 2)
    assert "天地玄黄宇宙洪荒" in pdftotext(pdf, 3)
