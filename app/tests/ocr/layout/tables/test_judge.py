"""Judgement of regions without rules, given as lines of text."""

from __future__ import annotations

from app.ocr.layout.tables.filling import fill
from app.ocr.layout.tables.tokens import tokens_of
from app.ocr.layout.tables.unruled.judge import is_stream_table
from app.ocr.layout.tables.unruled.lines import text_lines
from app.ocr.layout.tables.unruled.stream import stream_grid

from .drawing import HEIGHT, Sheet


def is_table(sheet: Sheet) -> bool:
    boxes = [[word.bbox for word in piece.words] for piece in sheet.pieces]
    tokens = tokens_of(sheet.pieces, boxes)
    stream = stream_grid(text_lines(tokens), (), HEIGHT)
    return is_stream_table(stream, fill(stream.grid, tokens), HEIGHT, ruled=False)


def cut(*, long: bool) -> Sheet:
    """Rows of cells between lines of text that are long or as short as the cells."""
    sheet = Sheet()
    between = "reviewed the results of the demand" if long else "reviewed results"
    for number in range(4):
        sheet.text(300, 600 + 112 * number, between)
        y = 656 + 112 * number
        sheet.row(y, ["second", "new staff", "may wait"], [300, 1100, 1500])
    return sheet


def test_short_texts_in_rows_are_a_table() -> None:
    assert is_table(cut(long=False))


def test_long_lines_between_rows_of_words_are_text() -> None:
    assert not is_table(cut(long=True))
