"""A page with every kind of structure, as layout makes it, for the tests of several vendor APIs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.models import Job
from app.ocr import result
from app.ocr.result import Barcode, Bbox, Block, Cell, Line, Word
from app.tests.factories import make_job, set_pages

CELL_WIDTH, CELL_HEIGHT = 300, 40


def line(text: str, left: int, top: int) -> Line:
    """Words of 90 x 30 px, 100 px apart."""
    words = [
        Word(word, Bbox(left + 100 * at, top, left + 100 * at + 90, top + 30), 0.9)
        for at, word in enumerate(text.split())
    ]
    return Line(tuple(words))


def block(text: str, top: int, **fields: Any) -> Block:
    lines = [line(part, 50, top + 40 * at) for at, part in enumerate(text.split("\n"))]
    return Block(tuple(lines), **fields)


def cell(row: int, column: int, text: str, **fields: Any) -> Cell:
    left, top = 50 + CELL_WIDTH * column, 500 + CELL_HEIGHT * row
    spans = fields.get("row_span", 1), fields.get("column_span", 1)
    box = Bbox(left, top, left + CELL_WIDTH * spans[1], top + CELL_HEIGHT * spans[0])
    lines = (line(text, left + 5, top + 5),) if text else ()
    return Cell(row, column, lines, box, **fields)


def price_table() -> Block:
    """Three rows and columns; "Total" covers two columns, the cell at 1, 2 is empty."""
    return Block.table(
        [
            cell(0, 0, "Item", header=True),
            cell(0, 1, "Price & tax", header=True),
            cell(0, 2, "Paid", header=True),
            cell(1, 0, "Pencils"),
            cell(1, 1, "5.00"),
            cell(1, 2, ""),
            cell(2, 0, "Total", column_span=2),
            cell(2, 2, "☒"),
        ]
    )


def structured_page(*, number: int = 1) -> result.Page:
    blocks = (
        block("ACME 2026", 10, kind="header"),
        block("Annual report", 60, kind="heading", level=1),
        block("1. Results_2026", 110, kind="heading", level=2),
        block("The first line\nand the second", 160),
        block("• first item", 260, kind="list", level=1, marker="•"),
        block("• second item", 300, kind="list", level=1, marker="•"),
        block("☐ No ☒ Yes", 350),
        price_table(),
        block("7", 1300, kind="page_number"),
    )
    barcode = Barcode("QRCode", "https://example.org", Bbox(700, 700, 800, 800))
    return result.Page(
        number, 1000, 1400, blocks, engine="tesseract", languages=("eng",), barcodes=(barcode,)
    )


def handwritten_page() -> result.Page:
    """A printed line and a handwritten one."""
    hand = line("Dear friends", 50, 60)
    marked = Line(tuple(replace(word, handwritten=True) for word in hand.words))
    blocks = (block("Letter of today", 10), Block((marked,)))
    return result.Page(1, 1000, 1400, blocks, engine="paddleocr", languages=("eng",))


def structured_job(owner: Any = None, **fields: Any) -> Job:
    """pages: one by default."""
    pages = fields.pop("pages", None) or [structured_page()]
    job = make_job(owner, text=pages[0].text, pages_total=len(pages), **fields)
    set_pages(job, *pages)
    return job
