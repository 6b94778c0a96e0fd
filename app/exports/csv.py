"""Comma-separated lines of text (RFC 4180) for spreadsheets."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import IO

from app.ocr.result import Page

from .base import Document, Exporter, ExportOptions
from .text_stream import text_stream
from .xml import one_line

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
# Spreadsheets run a cell that begins so as a formula; a number with a sign is harmless.
FORMULA = re.compile(r"[=@]|[+-](?![\d.,\s]*[\d%]?\s*$)")


class CsvExporter(Exporter):
    name = "csv"
    title = "CSV (lines)"
    media_type = "text/csv; charset=utf-8"
    extension = "csv"

    def write(self, document: Document, stream: IO[bytes], options: ExportOptions) -> None:
        # Without the byte order mark Excel takes UTF-8 for the system's old code page.
        with text_stream(stream, "utf-8-sig") as out:
            writer = csv.writer(out)
            writer.writerow(COLUMNS)
            for page in document.pages:
                writer.writerows(_rows(page))


def _rows(page: Page) -> Iterator[tuple[int | str, ...]]:
    for block_number, block in enumerate(page.blocks, start=1):
        for number, line in enumerate(block.lines, start=1):
            place = (page.number, block_number, number, block.kind)
            yield (*place, *line.bbox, f"{line.confidence:.3f}", _harmless(one_line(line.text)))


def _harmless(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text
