"""A document as Document Intelligence describes it: one text, and its parts as spans of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.compat.geometry import Sheet
from app.models import Job
from app.ocr.result import Bbox, Block, Line, Page

from .contract import number, unit_of
from .document_text import DocumentText, Window, around

Json = dict[str, Any]


class DocumentContent:
    """text: of these pages."""

    def __init__(self, job: Job, pages: Sequence[Page], text: DocumentText) -> None:
        self.job = job
        self.pages = pages
        self.text = text
        self.paragraphs: list[Json] = []

    def render(self) -> Json:
        return {
            "content": self.text.content,
            "pages": [self.page(index, page) for index, page in enumerate(self.pages)],
            "paragraphs": self.paragraphs,
            "styles": [],
            "contentFormat": self.text.kind.name,
        }

    def page(self, index: int, page: Page) -> Json:
        unit, scale = unit_of(self.job, page)
        sheet = Sheet(page, scale)
        self.text.open_page(index)
        lines, words = [], []
        for block in page.blocks:
            places: list[Window] = []
            for line in block.lines:
                windows = [self.text.find(word.text) for word in line.words]
                words += self.words(line, windows, sheet)
                lines.append(self.line(line, windows, sheet))
                places += windows
            self.paragraphs.append(self.paragraph(block, places, sheet))
        return {
            "pageNumber": page.number,
            "angle": round(sheet.angle, 4),
            "width": number(sheet.width),
            "height": number(sheet.height),
            "unit": unit,
            "words": words,
            "lines": lines,
            "spans": [self.text.span(self.text.window)],
        }

    def words(self, line: Line, windows: list[Window], sheet: Sheet) -> list[Json]:
        return [
            {
                "content": word.text,
                "polygon": polygon(sheet, word.bbox),
                "confidence": round(word.confidence, 3),
                "span": self.text.span(window),
            }
            for word, window in zip(line.words, windows, strict=True)
        ]

    def line(self, line: Line, windows: list[Window], sheet: Sheet) -> Json:
        return {
            "content": line.text,
            "polygon": polygon(sheet, line.bbox),
            "spans": [self.text.span(around(windows))],
        }

    def paragraph(self, block: Block, windows: list[Window], sheet: Sheet) -> Json:
        region = {"pageNumber": sheet.page.number, "polygon": polygon(sheet, block.bbox)}
        return {
            "spans": [self.text.span(around(windows))],
            "boundingRegions": [region],
            "content": " ".join(line.text for line in block.lines),
        }


def polygon(sheet: Sheet, box: Bbox) -> list[float]:
    return [number(at) for point in sheet.corners(box) for at in point]
