"""Searchable PDF: the pages as they were uploaded, with invisible text on every word.

pikepdf is loaded by the exporting process alone: a web process that is ended by a signal while it
has that library's C++ parts can crash in their destructors.
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
