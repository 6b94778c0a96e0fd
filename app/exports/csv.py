"""Comma-separated values (RFC 4180) for spreadsheets: the cells of tables, or lines of text."""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO

from app.ocr.result import Page
from app.ocr.text import one_line

from .base import Document, Exporter, ExportOptions, FileType
from .content.document_tables import document_tables, text_rows
from .text_stream import text_stream

COLUMNS = (
    "page",
    "block",
    "line",
    "kind",
    "left",
    "top",
    "right",
    "bottom",
    "confidence",
    "text",
)
# Spreadsheets run a cell that begins like this as a formula; a number with a sign is harmless.
FORMULA = re.compile(r"[=@]|[+-](?![\d.,\s]*[\d%]?\s*$)")
ZIP = FileType("application/zip", "csv.zip")


class CsvExporter(Exporter):
    name = "csv"
    title = "CSV (tables, or lines)"
    media_type = "text/csv; charset=utf-8"
    extension = "csv"

    def file_type(self, document: Document, options: ExportOptions) -> FileType:
        """An archive for several tables, since a CSV file holds only one."""
        several = not _wants_lines(options) and _has_several_tables(document, options)
        return ZIP if several else super().file_type(document, options)

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        if _wants_lines(options):
            _write_rows(stream, _line_rows(document))
        elif _has_several_tables(document, options):
            _write_archive(document, stream, options)
        else:
            table = next(document_tables(document, options), None)
            rows = table.table.texts if table else text_rows(document, options)
            _write_rows(stream, map(_harmless_row, rows))


def _wants_lines(options: ExportOptions) -> bool:
    return options.content == "lines" and not options.table


def _has_several_tables(document: Document, options: ExportOptions) -> bool:
    return len(list(islice(document_tables(document, options), 2))) > 1


def _write_archive(document: Document, stream: IO[bytes], options: ExportOptions) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, found in enumerate(document_tables(document, options), start=1):
            with archive.open(f"table-{number}.csv", "w") as file:
                _write_rows(file, map(_harmless_row, found.table.texts))


def _write_rows(stream: IO[bytes], rows: Iterable[Sequence[int | str]]) -> None:
    # Without the byte order mark, Excel reads UTF-8 as the system's legacy code page.
    stream.write(codecs.BOM_UTF8)
    with text_stream(stream) as out:
        csv.writer(out).writerows(rows)


def _line_rows(document: Document) -> Iterator[Sequence[int | str]]:
    yield COLUMNS
    for page in document.pages:
        yield from _page_rows(page)


def _page_rows(page: Page) -> Iterator[Sequence[int | str]]:
    for block_number, block in enumerate(page.blocks, start=1):
        for number, line in enumerate(block.lines, start=1):
            place = (page.number, block_number, number, block.kind)
            yield (*place, *line.bbox, f"{line.confidence:.3f}", _harmless(one_line(line.text)))


def _harmless_row(row: Sequence[str]) -> list[str]:
    return [_harmless(text) for text in row]


def _harmless(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text
