"""A result tree as Textract's flat list of PAGE, LINE and WORD blocks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from app.compat.shared.geometry import Sheet
from app.compat.shared.selection_marks import selected
from app.ocr import result
from app.ocr.result import Bbox, Line, Page, Word

Block = dict[str, Any]


class PageBlocks:
    """Blocks of one page: its PAGE, LINEs and WORDs.

    Ids derive from the job and the block's place in it, so every call gives a block the same id.
    marks: report check boxes as SELECTION_ELEMENTs instead of words, as analyses do.
    """

    def __init__(self, job_id: uuid.UUID, page: Page, *, marks: bool = False) -> None:
        self.job_id = job_id
        self.page = page
        self.marks = marks
        self.sheet = Sheet(page)
        self.lines: list[Block] = []
        self.words: list[Block] = []
        self.line_count = 0

    def all(self) -> Iterator[Block]:
        structures = [part for block in self.page.blocks for part in self.add(block)]
        structures += self.ends()
        top = [*self.lines, *(part for part in structures if part["BlockType"] in ON_PAGE)]
        for block in (self.whole_page(top), *self.lines, *self.words, *structures):
            yield {**block, "Page": self.page.number}

    def add(self, block: result.Block) -> list[Block]:
        """Adds the block's lines and words; returns further blocks that describe it."""
        for line in block.lines:
            self.add_line(line)
        return []

    def ends(self) -> list[Block]:
        """Further blocks, once all blocks of the page have been added."""
        return []

    def add_line(self, line: Line) -> tuple[list[str], list[str]]:
        """Adds a line. Returns its id, if it is not just marks, and ids of its words and marks."""
        number, self.line_count = self.line_count, self.line_count + 1
        members = [self.word(word, f"{number}.{at}") for at, word in enumerate(line.words)]
        self.words += members
        ids = [member["Id"] for member in members]
        numbers = [at for at, word in enumerate(line.words) if self.is_text(word)]
        if not numbers:
            return [], ids
        text = Line(tuple(line.words[at] for at in numbers), line.direction)
        self.lines.append(
            {
                "BlockType": "LINE",
                "Confidence": percent(text.confidence),
                "Text": text.text,
                **self.place(str(number), text.bbox),
                **child_ids([ids[at] for at in numbers]),
            }
        )
        return [self.lines[-1]["Id"]], ids

    def is_text(self, word: Word) -> bool:
        return not self.marks or selected(word) is None

    def whole_page(self, children: list[Block]) -> Block:
        box = Bbox(0, 0, self.page.width, self.page.height)
        ids = [child["Id"] for child in children]
        return {"BlockType": "PAGE", **self.place("page", box), **child_ids(ids)}

    def word(self, word: Word, place: str) -> Block:
        common = {"Confidence": percent(word.confidence), **self.place(place, word.bbox)}
        if self.is_text(word):
            kind = "HANDWRITING" if word.handwritten else "PRINTED"
            return {"BlockType": "WORD", "Text": word.text, "TextType": kind, **common}
        status = "SELECTED" if selected(word) else "NOT_SELECTED"
        return {"BlockType": "SELECTION_ELEMENT", "SelectionStatus": status, **common}

    def place(self, name: str, box: Bbox) -> dict[str, Any]:
        return {
            "Geometry": geometry(self.sheet, box),
            "Id": str(uuid.uuid5(self.job_id, f"{self.page.number}.{name}")),
        }


# Types of blocks that are children of the PAGE, besides its lines.
ON_PAGE = {
    "TABLE",
    *("LAYOUT_TITLE", "LAYOUT_HEADER", "LAYOUT_FOOTER", "LAYOUT_SECTION_HEADER"),
    *("LAYOUT_PAGE_NUMBER", "LAYOUT_LIST", "LAYOUT_TABLE", "LAYOUT_TEXT"),
}


def geometry(sheet: Sheet, box: Bbox) -> dict[str, Any]:
    """Box and corners as fractions of the page's width and height."""
    width, height = max(sheet.width, 1), max(sheet.height, 1)
    points = [(x / width, y / height) for x, y in sheet.corners(box)]
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
