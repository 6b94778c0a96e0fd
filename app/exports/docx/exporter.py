"""Word documents: headings, paragraphs, lists, tables, figures, page breaks between pages."""

from __future__ import annotations

import io
from datetime import UTC
from typing import IO, Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from app.exports.base import GENERATOR, Document, Exporter, ExportOptions
from app.exports.content.lists import ItemList
from app.exports.content.page import (
    Item,
    PlacedFigure,
    content_with_figures,
    heading_level,
)
from app.exports.content.paragraphs import Paragraph
from app.exports.content.tables import Table
from app.ocr.result import Page
from app.ocr.text import clean

from .figure import add_figure
from .lists import Numbering, list_paragraphs
from .table import table_paragraphs

# Styles of python-docx's template; "macro" has a font of fixed width.
STYLES = {"caption": "Caption", "code": "macro"}
SMALL_KINDS = frozenset({"footnote", "header", "footer", "page_number", "margin"})
SMALL = Pt(9)
# Elements that the schema requires after w:bidi, as far as they are used here.
AFTER_BIDI = ("w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
EMU_PER_INCH = 914_400
# Limits of page sizes in office programs, in inches.
SMALLEST, LARGEST = 2.0, 22.0
# Limit of core properties.
LONGEST_TITLE = 255


class DocxExporter(Exporter):
    name = "docx"
    title = "Word (DOCX)"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    extension = "docx"
    shows_figures = True

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        word = docx.Document()
        _describe(word, document)
        numbering = Numbering(word)
        for index, page in enumerate(document.pages):
            if index:
                word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            else:
                _set_page_size(word, page)
            for item in content_with_figures(page, options):
                if isinstance(item, PlacedFigure):
                    _add_figure(word, item, page, document)
                else:
                    _add(word, item, numbering)
        # Writing a ZIP needs seeking, which the stream may not support.
        buffer = io.BytesIO()
        word.save(buffer)
        stream.write(buffer.getbuffer())


def _describe(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title = clean(document.title)[:LONGEST_TITLE]
    properties.author = ""
    properties.comments = ""
    properties.created = properties.modified = document.created.astimezone(UTC)
    properties.last_modified_by = GENERATOR


def _set_page_size(word: WordDocument, page: Page) -> None:
    """Uses the first page's size if its resolution is known, else the template's."""
    if page.dpi and all(SMALLEST < side / page.dpi < LARGEST for side in (page.width, page.height)):
        section = word.sections[0]
        section.page_width = Emu(page.width * EMU_PER_INCH // page.dpi)
        section.page_height = Emu(page.height * EMU_PER_INCH // page.dpi)


def _add_figure(word: WordDocument, item: PlacedFigure, page: Page, document: Document) -> None:
    """Adds its picture, if there is one, and its caption below."""
    picture = document.figures.get((page.number, item.figure.number))
    if picture:
        text = item.caption.text if item.caption else ""
        add_figure(word, picture, item.figure.bbox.width / page.width, text)
    if item.caption:
        _add_paragraph(word, item.caption)


def _add(word: WordDocument, item: Item, numbering: Numbering) -> None:
    if isinstance(item, Table):
        for paragraph, cell in table_paragraphs(word, item):
            _fill(paragraph, "\n".join(cell.lines), item.direction, bold=cell.header)
    elif isinstance(item, ItemList):
        for paragraph, entry in list_paragraphs(word, item, numbering):
            _fill(paragraph, "\n".join(entry.labelled), entry.direction)
    else:
        _add_paragraph(word, item)


def _add_paragraph(word: WordDocument, paragraph: Paragraph) -> None:
    style = STYLES.get(paragraph.kind)
    if paragraph.kind == "heading":
        style = f"Heading {heading_level(paragraph)}"
    size = SMALL if paragraph.kind in SMALL_KINDS else None
    _fill(word.add_paragraph(style=style), paragraph.text, paragraph.direction, size=size)


def _fill(
    paragraph: WordParagraph,
    text: str,
    direction: str,
    *,
    bold: bool = False,
    size: Pt | None = None,
) -> None:
    """python-docx turns each newline into a line break."""
    run = paragraph.add_run(clean(text))
    if bold:
        run.bold = True
    if size:
        run.font.size = size
    if direction == "rtl":
        properties = paragraph._p.get_or_add_pPr()
        mark: Any = OxmlElement("w:bidi")
        properties.insert_element_before(mark, *AFTER_BIDI)
        run.font.rtl = True
