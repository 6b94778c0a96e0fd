"""HTML of documents, and of single tables."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from app.exports import html_blocks
from app.exports.base import Document, ExportOptions, Part
from app.exports.content.tables import block_table
from app.exports.html import HtmlExporter
from app.models import Job
from app.ocr.result import Block, Page

CELL = re.compile(r"<t[dh][ >]")


def document_html(job: Job, pages: Sequence[Page]) -> str:
    stream = io.BytesIO()
    part = Part(job.upload.name, tuple(pages))
    HtmlExporter().write(Document(job.upload.name, (part,)), stream, ExportOptions())
    return stream.getvalue().decode()


def document_xhtml(pages: Iterable[Page]) -> str:
    """XHTML with a `<div class="page">` for each page, as Tika writes it."""
    divs = "".join(f'<div class="page">{_page_xhtml(page)}</div>\n' for page in pages)
    head = "<head><title></title></head>"
    return f'<html xmlns="http://www.w3.org/1999/xhtml">\n{head}\n<body>{divs}</body></html>'


def _page_xhtml(page: Page) -> str:
    return "\n".join(
        _table_xhtml(block) if block.cells else f"<p>{html_blocks.text_html(block.text)}</p>"
        for block in page.blocks
    )


def _table_xhtml(block: Block) -> str:
    """With white space between cells and lines, as clients remove the tags to get the text."""
    html = CELL.sub(r"\t\g<0>", _table(block))
    return html.replace("<br/>", "<br/>\n").rstrip("\n")


def table_html(block: Block) -> str:
    """A table with its spans, on a single line and as well-formed XML."""
    return _table(block).replace("\n", "")


def _table(block: Block) -> str:
    html = html_blocks.table_html(block_table(block, ExportOptions()))
    return html.replace("<br>", "<br/>")
