"""Searchable PDF: the pages as they were uploaded, with invisible text on every word.

Only the exporting process loads pikepdf: a web process that has its C++ parts loaded may crash in
their destructors when a signal ends it.
"""

from __future__ import annotations

from typing import IO

from app.exports.base import Document, Exporter, ExportOptions
from app.ocr.images import PDF


class PdfExporter(Exporter):
    name = "pdf"
    title = "Searchable PDF"
    media_type = PDF
    extension = "pdf"
    opens_source = True

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        """Raises OcrError(source_missing, unreadable_image, password_required, wrong_password)."""
        from .assembly import write_pdf

        write_pdf(document, stream, options)
