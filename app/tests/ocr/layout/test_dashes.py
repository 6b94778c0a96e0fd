"""Dashes in the cells of a table in a picture, which an engine left out or misread."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from app.ocr.layout.elements import Piece
from app.ocr.layout.symbols.dashes import dashes, with_read_dashes
from app.ocr.layout.symbols.marks import page_ink
from app.ocr.layout.symbols.separate_marks import SeparateMarks
from app.ocr.result import Bbox, Word

ROWS = (
    ("Estonia", "35", "-"),
    ("Germany", "-", "2.1"),
    ("Hungary", "202", "-"),
    ("Italy", "-", "0.5"),
    ("Romania", "47", "-"),
)


class Sheet:
    """A drawn table and the pieces that an engine gives of it, without its dashes."""

    def __init__(self, rows: tuple[tuple[str, ...], ...] = ROWS) -> None:
        self.image = Image.new("L", (700, 400), "white")
        self.drawing, self.font = ImageDraw.Draw(self.image), ImageFont.load_default(24)
        self.pieces: list[Piece] = []
        self.bars: list[Bbox] = []
        for number, row in enumerate(rows):
            for left, text in zip((60, 300, 480), row, strict=True):
                self.cell(left, 40 + 50 * number, text)

    def cell(self, left: int, top: int, text: str) -> None:
        if text == "-":
            self.bar(left + 6, top + 17)
            return
        self.drawing.text((left, top), text, "black", self.font)
        box = self.drawing.textbbox((left, top), text, self.font)
        self.pieces.append(piece(text, Bbox(*(round(edge) for edge in box))))

    def bar(self, left: int, top: int) -> None:
        self.drawing.rectangle((left, top, left + 7, top + 2), fill="black")
        self.bars.append(Bbox(left, top, left + 8, top + 3))

    def separate(self, pieces: list[Piece]) -> SeparateMarks:
        ink = page_ink(np.asarray(self.image), pieces)
        assert ink
        return SeparateMarks.of(ink, pieces)

    @property
    def found(self) -> list[Bbox]:
        return sorted(each.bbox for each in dashes(self.separate(self.pieces), self.pieces))


def piece(text: str, box: Bbox) -> Piece:
    return Piece((Word(text, box, 0.9),))


def test_dashes_in_columns_are_found() -> None:
    sheet = Sheet()
    found = sheet.found
    assert len(found) == 5
    for box, bar in zip(found, sorted(sheet.bars), strict=True):
        assert max(abs(a - b) for a, b in zip(box, bar, strict=True)) <= 3


@pytest.mark.parametrize(
    ("left", "top"), [(420, 57), (306, 45), (150, 57)], ids=["no column", "too high", "at a word"]
)
def test_other_strokes_are_none(left: int, top: int) -> None:
    sheet = Sheet(tuple((label, number, "0.1") for label, number, _ in ROWS if number != "-"))
    sheet.bar(left, top)
    assert sheet.found == []


def test_dashed_lines_are_none() -> None:
    sheet = Sheet(tuple((label, "35", "0.1") for label, _, _ in ROWS))
    for number in range(5):
        for left in range(560, 690, 16):
            sheet.bar(left, 57 + 50 * number)
    assert sheet.found == []


def test_bars_that_were_read_as_other_characters_are_dashes() -> None:
    sheet = Sheet()
    pieces = [*sheet.pieces, *(piece("=", bar) for bar in sheet.bars)]
    read = with_read_dashes(sheet.separate(pieces), pieces)
    assert [each.words[0].text for each in read[len(sheet.pieces) :]] == ["-"] * 5
    assert read[: len(sheet.pieces)] == tuple(sheet.pieces)
