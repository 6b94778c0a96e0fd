"""A result tree as Textract's flat list of PAGE, LINE and WORD blocks."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from app.compat.geometry import Sheet
from app.ocr.result import Bbox, Page, Word

Block = dict[str, Any]


def blocks(job_id: uuid.UUID, pages: Iterable[Page], *, numbered: bool) -> Iterator[Block]:
    """Page by page: its PAGE, its LINEs, its WORDs.

    Ids come from the job and the place in it, so that every call names a block alike.
    numbered: with `Page`, as the asynchronous operation has it.
    """
    for page in pages:
        for block in PageBlocks(job_id, page).all():
            yield {**block, "Page": page.number} if numbered else block


class PageBlocks:
    def __init__(self, job_id: uuid.UUID, page: Page) -> None:
        self.job_id = job_id
        self.page = page
        self.sheet = Sheet(page)

    def all(self) -> Iterator[Block]:
        lines, words = [], []
        for number, line in enumerate(self.page.lines):
            members = [
                self.word(word, f"{number}.{place}") for place, word in enumerate(line.words)
            ]
            children = [word["Id"] for word in members]
            lines.append(
                {
                    "BlockType": "LINE",
                    "Confidence": percent(line.confidence),
                    "Text": line.text,
                    **self.place(str(number), line.bbox),
                    **child_ids(children),
                }
            )
            words += members
        yield self.whole_page([line["Id"] for line in lines])
        yield from lines
        yield from words

    def whole_page(self, line_ids: list[str]) -> Block:
        box = Bbox(0, 0, self.page.width, self.page.height)
        return {"BlockType": "PAGE", **self.place("page", box), **child_ids(line_ids)}

    def word(self, word: Word, place: str) -> Block:
        return {
            "BlockType": "WORD",
            "Confidence": percent(word.confidence),
            "Text": word.text,
            "TextType": "PRINTED",
            **self.place(place, word.bbox),
        }

    def place(self, name: str, box: Bbox) -> dict[str, Any]:
        return {
            "Geometry": self.geometry(box),
            "Id": str(uuid.uuid5(self.job_id, f"{self.page.number}.{name}")),
        }

    def geometry(self, box: Bbox) -> dict[str, Any]:
        """Ratios of the page's width and height."""
        width, height = max(self.sheet.width, 1), max(self.sheet.height, 1)
        points = [(x / width, y / height) for x, y in self.sheet.corners(box)]
        columns, rows = zip(*points, strict=True)
        return {
            "BoundingBox": {
                "Width": max(columns) - min(columns),
                "Height": max(rows) - min(rows),
                "Left": min(columns),
                "Top": min(rows),
            },
            "Polygon": [{"X": x, "Y": y} for x, y in points],
        }


def child_ids(ids: list[str]) -> dict[str, Any]:
    return {"Relationships": [{"Type": "CHILD", "Ids": ids}]} if ids else {}


def percent(confidence: float) -> float:
    return round(confidence * 100, 2)
