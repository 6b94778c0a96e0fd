"""A document as Document Intelligence describes it: one text, and its parts as spans of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.api.compat.geometry import Sheet
from app.models import Job
from app.ocr.result import Bbox, Block, Line, Page

from .contract import number, unit_of

Json = dict[str, Any]


class DocumentContent:
    """length: how the client counts in texts."""

    def __init__(self, job: Job, pages: Sequence[Page], length: Callable[[str], int]) -> None:
        self.job = job
        self.pages = pages
        self.length = length
        self.offset = 0
        self.paragraphs: list[Json] = []

    def render(self) -> Json:
        content = "\n".join(line.text for page in self.pages for line in page.lines)
        return {
            "content": content,
            "pages": [self.page(page) for page in self.pages],
            "paragraphs": self.paragraphs,
            "styles": [],
            "contentFormat": "text",
        }

    def page(self, page: Page) -> Json:
        unit, scale = unit_of(self.job, page)
        sheet = Sheet(page, scale)
        start, lines, words = self.offset, [], []
        for block in page.blocks:
            block_start = self.offset
            for line in block.lines:
                words += self.words(line, sheet)
                lines.append(self.line(line, sheet))
            self.paragraphs.append(self.paragraph(block, sheet, block_start))
        return {
            "pageNumber": page.number,
            "angle": round(sheet.angle, 4),
            "width": number(sheet.width),
            "height": number(sheet.height),
            "unit": unit,
            "words": words,
            "lines": lines,
            "spans": [self.span(start)],
        }

    def words(self, line: Line, sheet: Sheet) -> list[Json]:
        """Does not move the offset: the line does, when it is through."""
        words, at = [], self.offset
        for word in line.words:
            length = self.length(word.text)
            words.append(
                {
                    "content": word.text,
                    "polygon": polygon(sheet, word.bbox),
                    "confidence": round(word.confidence, 3),
                    "span": {"offset": at, "length": length},
                }
            )
            at += length + word.space_after
        return words

    def line(self, line: Line, sheet: Sheet) -> Json:
        length = self.length(line.text)
        span = {"offset": self.offset, "length": length}
        self.offset += length + 1  # the newline
        return {"content": line.text, "polygon": polygon(sheet, line.bbox), "spans": [span]}

    def paragraph(self, block: Block, sheet: Sheet, start: int) -> Json:
        region = {"pageNumber": sheet.page.number, "polygon": polygon(sheet, block.bbox)}
        return {
            "spans": [self.span(start)],
            "boundingRegions": [region],
            "content": " ".join(line.text for line in block.lines),
        }

    def span(self, start: int) -> Json:
        """From there to here, without the last newline."""
        return {"offset": start, "length": max(0, self.offset - 1 - start)}


def polygon(sheet: Sheet, box: Bbox) -> list[float]:
    return [number(at) for point in sheet.corners(box) for at in point]
