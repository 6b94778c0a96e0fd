"""Plain text, UTF-8."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from app.ocr.result import Page

from .base import Document, Exporter, ExportOptions, Part
from .content.paragraphs import paragraphs
from .content.visual_rows import visual_text
from .text_stream import text_stream


class TextExporter(Exporter):
    name = "txt"
    title = "Plain text"
    media_type = "text/plain; charset=utf-8"
    extension = "txt"

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        with text_stream(stream) as out:
            separator = ""
            for text in _texts(document, options):
                out.write(separator + text)
                separator = "\n" if options.layout == "lines" else "\n\n"
            out.write("\n")


def _texts(document: Document, options: ExportOptions) -> Iterator[str]:
    """Non-empty texts of the pages, or of a whole part if a person corrected it."""
    for part in document.parts:
        if part.corrected_text is not None and _is_plain(options):
            yield part.corrected_text.rstrip()
        else:
            yield from filter(None, _page_texts(part, options))


def _is_plain(options: ExportOptions) -> bool:
    return options.layout == "text" and not (options.join_paragraphs or options.join_hyphens)


def _page_texts(part: Part, options: ExportOptions) -> Iterator[str]:
    return (page_text(page, options) for page in part.final_pages)


def page_text(page: Page, options: ExportOptions) -> str:
    """One page in the requested layout, without a final newline."""
    if options.layout == "table":
        return "\n".join(visual_text(page.blocks, page.skew))
    separator = "\n" if options.layout == "lines" else "\n\n"
    return separator.join(paragraph.text for paragraph in paragraphs(page, options))
