"""Word documents: headings, paragraphs, lists, simple tables, a page break after each page."""

from __future__ import annotations

import io
from datetime import UTC
from typing import IO

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Emu
from docx.text.paragraph import Paragraph as WordParagraph

from app.ocr.result import Page

from .base import GENERATOR, Document, Exporter, ExportOptions
from .content import Table, page_content
from .paragraphs import Paragraph
from .xml import clean

STYLES = {"heading": "Heading 1", "caption": "Caption", "list": "List Bullet"}
EMU_PER_INCH = 914_400
# Office programs refuse pages outside this, in inches.
SMALLEST, LARGEST = 2.0, 22.0
# Core properties hold no more.
LONGEST_TITLE = 255


class DocxExporter(Exporter):
    name = "docx"
    title = "Word (DOCX)"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    extension = "docx"

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        word = docx.Document()
        _describe(word, document)
        for index, page in enumerate(document.pages):
            if index:
                word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            else:
                _set_page_size(word, page)
            for item in page_content(page, options):
                _add_table(word, item) if isinstance(item, Table) else _add_paragraph(word, item)
        # A ZIP's directory points back into the file, and the stream may not seek.
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
    """That of the first page, where its resolution is known; else the template's."""
    if page.dpi and all(SMALLEST < side / page.dpi < LARGEST for side in (page.width, page.height)):
        section = word.sections[0]
        section.page_width = Emu(page.width * EMU_PER_INCH // page.dpi)
        section.page_height = Emu(page.height * EMU_PER_INCH // page.dpi)


def _add_paragraph(word: WordDocument, paragraph: Paragraph) -> None:
    style = STYLES.get(paragraph.kind)
    if paragraph.kind == "list":
        for line in paragraph.lines:
            _fill(word.add_paragraph(style=style), line, paragraph.direction)
        return
    # python-docx turns each newline into a line break.
    _fill(word.add_paragraph(style=style), paragraph.text, paragraph.direction)


def _add_table(word: WordDocument, table: Table) -> None:
    grid = word.add_table(rows=0, cols=len(table.rows[0]))
    if table.direction == "rtl":
        grid.table_direction = True
    for texts in table.rows:
        for cell, text in zip(grid.add_row().cells, texts, strict=True):
            _fill(cell.paragraphs[0], text, table.direction)


def _fill(paragraph: WordParagraph, text: str, direction: str) -> None:
    run = paragraph.add_run(clean(text))
    if direction == "rtl":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run.font.rtl = True
