"""Numbered lists side by side are read one after the other, multiple-choice answers in rows."""

from __future__ import annotations

import pytest

from app.ocr.layout.elements import Piece

from .setting import PITCH, piece, read

ANSWERS = "Yes, at the local level", "No", "There is no such limit"
SIZE = 1400, 1000


def questions(x: int, first: int, count: int = 4) -> list[Piece]:
    pieces, y = [], 100
    for number in range(first, first + count):
        pieces.append(piece(f"{number}. Does the library lend books to schools?", x, y))
        for at, answer in enumerate(ANSWERS, 1):
            pieces.append(piece(answer, x + 60, y + at * PITCH))
        y += (len(ANSWERS) + 2) * PITCH
    return pieces


def texts(pieces: list[Piece]) -> list[str]:
    return [block.text.partition("\n")[0] for block in read(pieces, size=SIZE)]


@pytest.mark.parametrize("second", [23, 27])
def test_questions_of_two_pages_side_by_side(second: int) -> None:
    """The same form twice, or its continuation."""
    numbers = [*range(23, 27), *range(second, second + 4)]
    assert texts(questions(60, 23) + questions(760, second)) == [
        f"{number}. Does the library lend books to schools?" for number in numbers
    ]


def test_answers_to_choose_from_are_rows() -> None:
    rows = ("(a) five metres", "(b) seven metres"), ("(c) nine metres", "(d) ten metres")
    pieces = [
        piece(text, x, 100 + at * PITCH)
        for at, row in enumerate(rows)
        for text, x in zip(row, (60, 460), strict=True)
    ]
    (block,) = read(pieces, size=SIZE)
    assert [line.text.split() for line in block.lines] == [
        [word for text in row for word in text.split()] for row in rows
    ]


def test_first_items_are_no_running_head() -> None:
    """They look like a running head: parts on the left and right, and white space below."""
    pieces = [
        piece(f"{first + at}. Does the library lend books to schools?", x, 100 + at * 2 * PITCH)
        for x, first in ((60, 1), (760, 6))
        for at in range(5)
    ]
    blocks = read(pieces, size=SIZE)
    assert [block.kind for block in blocks] == ["list"] * 10
    assert [block.marker for block in blocks] == [f"{number}." for number in range(1, 11)]
