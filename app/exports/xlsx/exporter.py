"""Excel workbooks: a sheet for each table, or one with the lines if there are no tables."""

from __future__ import annotations

import io
from datetime import UTC
from typing import IO

from xlsxwriter import Workbook

from app.exports.base import Document, Exporter, ExportOptions
from app.exports.content.document_tables import document_tables, text_rows
from app.ocr.text import clean

from .sheet import write_rows, write_table

# Limit of workbook properties.
LONGEST_TITLE = 255
# Text stays text, even if it looks like a formula or URL.
WORKBOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class XlsxExporter(Exporter):
    name = "xlsx"
    title = "Excel (XLSX, tables)"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    extension = "xlsx"

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        # Writing a ZIP needs seeking, which the stream may not support.
        buffer = io.BytesIO()
        with Workbook(buffer, WORKBOOK) as workbook:
            _describe(workbook, document)
            _add_sheets(workbook, document, options)
        stream.write(buffer.getbuffer())


def _add_sheets(workbook: Workbook, document: Document, options: ExportOptions) -> None:
    for number, found in enumerate(document_tables(document, options), start=1):
        sheet = workbook.add_worksheet(f"Table {number}")
        write_table(workbook, sheet, found.table, found.language)
    if not workbook.worksheets():
        write_rows(workbook, workbook.add_worksheet("Text"), text_rows(document, options))


def _describe(workbook: Workbook, document: Document) -> None:
    created = document.created.astimezone(UTC).replace(tzinfo=None)
    workbook.set_properties({"title": clean(document.title)[:LONGEST_TITLE], "created": created})
