"""Assembly of the PDF: the original pages, then text on each recognized one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC
from typing import IO, BinaryIO, cast

import pikepdf
from pikepdf import Name, OutlineItem

from app.exports.base import GENERATOR, Document, ExportOptions, Part
from app.ocr.errors import OcrError
from app.ocr.images import PDF
from app.ocr.result import Page
from app.ocr.text import one_line

from .archive import make_archival
from .attach import attach_text
from .font import GlyphlessFont
from .source import damaged_pdf_errors, open_part
from .visible_text import VisibleText


def write_pdf(document: Document, stream: IO[bytes], options: ExportOptions) -> None:
    """Raises OcrError(source_missing, unreadable_image, password_required, wrong_password)."""
    with damaged_pdf_errors(), ExitStack() as opened:
        pdf, starts = _assemble(document, options, opened)
        font = GlyphlessFont(pdf)
        for part, start, end in _placed_parts(document, starts):
            # In PDF/A all pages are pictures, so they have no text of their own.
            visible = None if options.pdfa else VisibleText(part, opened)
            for index, page in _placed_pages(part, start, end):
                hidden = visible.hidden(page.number) if visible else None
                missing = visible.missing(page) if visible else page
                attach_text(pdf, index, missing, font, hidden)
        font.finish()
        if options.pdfa:
            make_archival(pdf, document)
        pdf.save(
            cast(BinaryIO, stream),  # the same interface under another name
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            encryption=False,
        )


def _assemble(
    document: Document, options: ExportOptions, opened: ExitStack
) -> tuple[pikepdf.Pdf, list[int]]:
    """All pages in one PDF, and the index of each part's first page.

    A single PDF keeps its bookmarks, forms and metadata. Of several files only the pages are
    taken, and each file gets a bookmark with its name.
    """
    parts = [opened.enter_context(open_part(part, options)) for part in document.parts]
    if len(parts) == 1:
        if document.parts[0].media_type != PDF or options.pdfa:
            _describe(parts[0], document)
        return parts[0], [0]
    merged = opened.enter_context(pikepdf.new())
    starts = []
    with merged.open_outline() as outline:
        for part, source in zip(document.parts, parts, strict=True):
            starts.append(len(merged.pages))
            outline.root.append(OutlineItem(one_line(part.file_name), len(merged.pages)))
            merged.pages.extend(source.pages)
    _describe(merged, document)
    return merged, starts


def _placed_parts(document: Document, starts: list[int]) -> Iterator[tuple[Part, int, int | None]]:
    """Each part with the index of its first page, and of the first page after it."""
    return zip(document.parts, starts, [*starts[1:], None], strict=True)


def _placed_pages(part: Part, start: int, end: int | None) -> Iterator[tuple[int, Page]]:
    """Each recognized page with its index in the PDF. Raises OcrError if the file lacks it."""
    for page in part.final_pages:
        index = start + page.number - 1
        if end is not None and index >= end:
            raise OcrError("unreadable_image", f"The file has no page {page.number}.")
        yield index, page


def _describe(pdf: pikepdf.Pdf, document: Document) -> None:
    stamp = document.created.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    info = pdf.docinfo
    info[Name.Title] = one_line(document.title)
    info[Name.Creator] = info[Name.Producer] = GENERATOR
    info[Name.CreationDate] = info[Name.ModDate] = stamp
