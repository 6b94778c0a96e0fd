"""Pictures in a Word document."""

from __future__ import annotations

import io

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu

from app.ocr.text import clean

# Limit of a picture's alternative text.
LONGEST_TEXT = 1000


def add_figure(word: WordDocument, picture: bytes, share: float, text: str) -> None:
    """Adds a paragraph with the picture. share: of the page's width. text: alternative text.

    The picture is as wide as on the page, but no wider than the text area and no higher than two
    thirds of a page, so that its caption fits below.
    """
    section = word.sections[0]
    page_width, page_height = section.page_width or 0, section.page_height or 0
    room = page_width - (section.left_margin or 0) - (section.right_margin or 0)
    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = bool(text)
    shape = paragraph.add_run().add_picture(io.BytesIO(picture))
    width = max(1, min(room, round(share * page_width)))
    height = max(1, round(width * shape.height / max(1, shape.width)))
    scale = min(1.0, page_height * 2 / 3 / height)
    shape.width, shape.height = Emu(round(width * scale)), Emu(round(height * scale))
    shape._inline.docPr.set("descr", clean(text)[:LONGEST_TEXT])
