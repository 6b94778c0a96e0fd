"""Pictures and bodies for the tests of several vendor APIs."""

from __future__ import annotations

import base64
import io
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from app.models import Job
from app.ocr.result import Bbox, Block, Cell, Line, Page, Word
from app.ocr.tree import page_to_tree
from app.tests.factories import encoded, image_file, make_job, text_png

LINES = "Django makes it easier\nto build better apps"


def page_png() -> bytes:
    return text_png(LINES)


def page_file(name: str = "page.png") -> SimpleUploadedFile:
    return image_file(name, page_png())


def page_base64() -> str:
    return base64.b64encode(page_png()).decode()


def two_page_pdf() -> bytes:
    pages = [Image.open(io.BytesIO(page_png())).convert("RGB") for _ in range(2)]
    return encoded(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=150)


def table_page() -> Page:
    """A heading, a table with a header row and an empty cell, a list, and a running foot."""
    cells = [
        Cell(0, 0, (line_of("Item", 0, 200),), Bbox(0, 200, 100, 230), header=True),
        Cell(0, 1, (line_of("Price", 110, 200),), Bbox(110, 200, 210, 230), header=True),
        Cell(1, 0, (line_of("Tea_bag", 0, 240),), Bbox(0, 240, 100, 270)),
        Cell(1, 1, (line_of("$ 4.50", 110, 240),), Bbox(110, 240, 210, 270)),
    ]
    blocks = (
        Block((line_of("Invoice", 0, 100),), "heading", level=1),
        Block.table(cells),
        Block((line_of("1. pay soon", 0, 300),), "list", level=1, marker="1."),
        Block((line_of("page_1 of 1", 0, 900),), "footer"),
    )
    return Page(1, 600, 1000, blocks, engine="tesseract", languages=("eng",), dpi=100)


def line_of(text: str, left: int, top: int) -> Line:
    """Words of 40 x 30 px, 50 px apart."""
    boxes = ((Bbox(left + 50 * at, top, left + 50 * at + 40, top + 30)) for at in range(9))
    return Line(tuple(Word(word, box, 0.9) for word, box in zip(text.split(), boxes, strict=False)))


def job_with(page: Page, owner: User | None = None, **fields: Any) -> Job:
    """A finished job whose only page has this result."""
    job = make_job(owner, text=page.text, **fields)
    job.pages.update(width=page.width, height=page.height, text=page.text, tree=page_to_tree(page))
    return job
