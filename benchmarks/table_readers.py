"""Programs that find tables in a PDF: this project and others, if installed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium

from app.engines.base import EngineConfig
from app.ocr.images import PDF, SourceFile
from app.ocr.options import Options
from app.ocr.result import Page
from app.ocr.source import PageImage

from .readers import OurReader
from .table_scoring import Table, TableCell

# From a PDF to its tables, each with its page number from 1.
TableReader = Callable[[Path], list[tuple[int, Table]]]
PICTURE_DPI = 200


class OurTables:
    """pictures: recognize each page at 200 dpi instead of reading its text layer."""

    def __init__(self, *, pictures: bool, engine: str = "paddleocr", profile: str = "full") -> None:
        self.pictures = pictures
        self.options = Options(engine=engine, languages=("eng",))
        self.recognizer = OurReader(self.options, EngineConfig(profile=profile)).recognizer

    def __call__(self, path: Path) -> list[tuple[int, Table]]:
        pages = self._pictured(path) if self.pictures else self._digital(path)
        return [(page.number, table) for page in pages for table in tables_of(page)]

    def _digital(self, path: Path) -> list[Page]:
        count = self.recognizer.page_numbers(SourceFile(path, PDF), self.options)
        return [
            self.recognizer.recognize(SourceFile(path, PDF), number, self.options)
            for number in count
        ]

    def _pictured(self, path: Path) -> list[Page]:
        document = pdfium.PdfDocument(path)
        pages = []
        for number, page in enumerate(document, start=1):
            bitmap = page.render(scale=PICTURE_DPI / 72, may_draw_forms=True, rev_byteorder=True)
            pixels = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
            read = self.recognizer.reader.read(PageImage(pixels, PICTURE_DPI), self.options)
            pages.append(replace(read, number=number))
        return pages


def tables_of(page: Page) -> list[Table]:
    return [
        [
            TableCell(
                cell.row,
                cell.column,
                cell.row + cell.row_span,
                cell.column + cell.column_span,
                cell.text,
            )
            for cell in block.cells
        ]
        for block in page.blocks
        if block.cells
    ]


def read_with_camelot(path: Path) -> list[tuple[int, Table]]:
    import camelot

    found = camelot.read_pdf(str(path), pages="all", flavor="hybrid", suppress_stdout=True)
    return [(table.page, grid(table.df.values.tolist())) for table in found]


def read_with_pdfplumber(path: Path) -> list[tuple[int, Table]]:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [
            (number, grid(rows))
            for number, page in enumerate(document.pages, start=1)
            for rows in page.extract_tables()
        ]


def read_with_img2table(path: Path) -> list[tuple[int, Table]]:
    """Uses the PDF's own text, and img2table's search for borderless tables."""
    from img2table import document

    pages = document.PDF(str(path)).extract_tables(borderless_tables=True, implicit_rows=True)
    return [
        (number + 1, grid(table.df.values.tolist()))
        for number, tables in pages.items()
        for table in tables
    ]


def grid(rows: list[list[str | None]]) -> Table:
    """A table of single cells: these programs do not report spans."""
    return [
        TableCell(row, column, row + 1, column + 1, str(text or ""))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]


def installed_readers() -> dict[str, TableReader]:
    readers = {
        "camelot": read_with_camelot,
        "pdfplumber": read_with_pdfplumber,
        "img2table": read_with_img2table,
    }
    return {name: read for name, read in readers.items() if find_spec(name)}
